/**
 * Groq's chat completion: the SDK's resource says what is sent where, this package's bounded exchange sends it. The
 * SDK's whole client would bring retries, uploads, streams and logs only to have them switched off: 10 kB of a Worker
 * that may have 115. I/O: one request; details carry status and code, never a message or a body.
 */
import type Groq from 'groq-sdk';
import { type ChatCompletionCreateParamsNonStreaming, Completions } from 'groq-sdk/resources/chat/completions';
import type { Secret } from '../../config/secret.ts';
import type { ModelError } from '../../ports/language-model.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { exchangeJson } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { exchangeErrorOf, modelErrorOf } from './groq-errors.ts';

export interface GroqConnection {
  readonly fetch: Fetch;
  readonly apiKey: Secret;
  /** What stands before the SDK's paths. */
  readonly origin: string;
}

const REPLY_BYTES_MAX = 1024 * 1024; // far above any `maxTokens` asked for here

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
        headers: groqHeaders(apiKey),
        body,
        timeoutMs,
        replyBytesMax: REPLY_BYTES_MAX,
      }),
  };
  // `post` is all that a resource asks of its client, and what it answers is handed on as it is.
  const completions = new Completions(client as unknown as Groq);
  const sent = (await completions.create(body)) as unknown as Awaited<ReturnType<typeof client.post>>;
  if (!sent.ok) return err(exchangeErrorOf('chat.completions', sent.error));
  const { status, json } = sent.value;
  return status >= 200 && status < 300 ? ok(json) : err(modelErrorOf('chat.completions', sent.value, body.model));
}

export const groqHeaders = (apiKey: Secret): Record<string, string> => ({
  authorization: `Bearer ${apiKey.reveal()}`,
  'user-agent': 'innkeeper',
});
