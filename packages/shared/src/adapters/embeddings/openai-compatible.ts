/** Embeddings from any server that speaks OpenAI's `/embeddings`, such as Text Embeddings Inference. */
import * as z from 'zod/mini';
import type { Secret } from '../../config/secret.ts';
import type { Embedder } from '../../ports/embedder.ts';
import { err, ok } from '../../result/result.ts';
import { exchangeJson, retryAfterMs } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { embedInBatches } from './embed-in-batches.ts';
import { exchangeFailure, statusFailure } from './provider-errors.ts';

export interface OpenAiCompatibleOptions {
  readonly fetch: Fetch;
  /** Includes the version path: `https://embeddings.example.com/v1`. */
  readonly baseUrl: string;
  /** Servers inside one's own network often want none. */
  readonly apiKey?: Secret;
  readonly model: string;
  readonly dimensions: number;
}

const OPERATION = 'embeddings create';
const TIMEOUT_MS = 10_000; // 32 texts on a CPU take about a second
const REPLY_BYTES_MAX = 4 * 1024 * 1024; // 32 vectors of 2,048 numbers printed in full are about 1.4 MB

const CreateReply = z.object({
  data: z.array(z.object({ index: z.int().check(z.nonnegative()), embedding: z.array(z.number()) })),
});
const CreateRefusal = z.object({ error: z.object({ code: z.string() }) });

export function openAiCompatibleEmbedder(options: OpenAiCompatibleOptions): Embedder {
  return embedInBatches(options.model, options.dimensions, async texts => {
    const reply = await exchangeJson({
      fetch: options.fetch,
      url: `${options.baseUrl}/embeddings`,
      method: 'POST',
      headers: options.apiKey === undefined ? {} : { authorization: `Bearer ${options.apiKey.reveal()}` },
      body: { model: options.model, input: texts, encoding_format: 'float' },
      timeoutMs: TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return err(exchangeFailure(OPERATION, reply.error));
    const { status, headers, json } = reply.value;
    if (status !== 200) {
      const refusal = CreateRefusal.safeParse(json);
      const code = refusal.success ? refusal.data.error.code : undefined;
      if (code === 'model_not_found') return err({ kind: 'misconfigured', detail: `${OPERATION}: ${code}` });
      return err(statusFailure(OPERATION, status, code, retryAfterMs(headers)));
    }
    const parsed = CreateReply.safeParse(json);
    if (!parsed.success) return err({ kind: 'unavailable', detail: `${OPERATION} answered outside its format` });
    return ok(parsed.data.data.toSorted((a, b) => a.index - b.index).map(item => item.embedding));
  });
}
