/** Embeddings through Workers AI's REST API, for everything that is not a Worker. */
import * as z from 'zod/mini';
import type { Secret } from '../../config/secret.ts';
import type { Embedder } from '../../ports/embedder.ts';
import { err, ok } from '../../result/result.ts';
import { exchangeJson, retryAfterMs } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { embedInBatches } from './embed-in-batches.ts';
import { exchangeFailure } from './provider-errors.ts';
import { WorkersAiEmbeddings, workersAiFailure, workersAiInput } from './workers-ai-format.ts';

export interface WorkersAiRestOptions {
  readonly fetch: Fetch;
  /** `https://api.cloudflare.com/client/v4/accounts/<account id>/ai`. */
  readonly baseUrl: string;
  /** A token with the permission "Workers AI: Read". */
  readonly apiKey: Secret;
  readonly model: string;
  readonly dimensions: number;
}

const OPERATION = 'workers-ai run';
const TIMEOUT_MS = 10_000; // indexing waits longer than a question; 32 texts take about a second
const REPLY_BYTES_MAX = 4 * 1024 * 1024; // 32 vectors of 2,048 numbers printed in full are about 1.4 MB

const RunReply = z.object({ success: z.literal(true), result: WorkersAiEmbeddings });
const RunRefusal = z.object({ errors: z.array(z.object({ code: z.number() })) });

export function workersAiRestEmbedder(options: WorkersAiRestOptions): Embedder {
  const url = `${options.baseUrl}/run/${options.model}`;
  return embedInBatches(options.model, options.dimensions, async (texts, purpose) => {
    const reply = await exchangeJson({
      fetch: options.fetch,
      url,
      method: 'POST',
      headers: { authorization: `Bearer ${options.apiKey.reveal()}` },
      body: workersAiInput(options.model, texts, purpose),
      timeoutMs: TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return err(exchangeFailure(OPERATION, reply.error));
    const { status, headers, json } = reply.value;
    if (status !== 200) {
      const refusal = RunRefusal.safeParse(json);
      const code = refusal.data?.errors[0]?.code;
      return err(workersAiFailure(OPERATION, status, code, retryAfterMs(headers)));
    }
    const parsed = RunReply.safeParse(json);
    if (!parsed.success) return err({ kind: 'unavailable', detail: `${OPERATION} answered outside its format` });
    return ok(parsed.data.result.data);
  });
}
