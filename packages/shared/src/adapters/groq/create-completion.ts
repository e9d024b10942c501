/**
 * Groq's chat completion: the SDK's resource says what is sent where, this package's bounded exchange sends it. The
 * SDK's whole client would bring retries, uploads, streams and logs only to have them switched off: 10 kB of a Worker
 * that may have 115. I/O: one request; details carry status and code, never a message or a body.
 */
import type Groq from 'groq-sdk';
import { type ChatCompletionCreateParamsNonStreaming, Completions } from 'groq-sdk/resources/chat/completions';
import * as z from 'zod';
import type { Secret } from '../../config/secret.ts';
import type { ModelError } from '../../ports/language-model.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { exchangeJson } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { modelErrorOf } from './groq-errors.ts';

export interface GroqConnection {
  readonly fetch: Fetch;
  readonly apiKey: Secret;
  /** What stands before the SDK's paths. */
  readonly origin: string;
}

const REPLY_BYTES_MAX = 1024 * 1024; // far above any `maxTokens` asked for here

const ErrorCode = z.object({ error: z.object({ code: z.string() }) });

/** The reply as it came; `undefined` where it was no JSON. */
export async function createCompletion(
  { fetch, apiKey, origin }: GroqConnection,
  body: ChatCompletionCreateParamsNonStreaming,
  timeoutMs: number,
): Promise<Result<unknown, ModelError>> {
  const client = {
    post: (path: string) =>
      exchangeJson({
        fetch,
        url: `${origin}${path}`,
        method: 'POST',
        headers: { authorization: `Bearer ${apiKey.reveal()}`, 'user-agent': 'innkeeper' },
        body,
        timeoutMs,
        replyBytesMax: REPLY_BYTES_MAX,
      }),
  };
  // `post` is all that a resource asks of its client, and what it answers is handed on as it is.
  const completions = new Completions(client as unknown as Groq);
  const sent = (await completions.create(body)) as unknown as Awaited<ReturnType<typeof client.post>>;
  if (!sent.ok && sent.error.kind === 'timeout') {
    return err({ kind: 'timeout', detail: 'groq chat.completions took longer than its limit' });
  }
  if (!sent.ok) return err({ kind: 'unavailable', detail: 'groq chat.completions could not be completed' });
  const { status, headers, json } = sent.value;
  if (status >= 200 && status < 300) return ok(json);
  return err(modelErrorOf({ status, code: ErrorCode.safeParse(json).data?.error.code, headers }));
}
