import { exchangeJson, type JsonReply, retryAfterMs } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Time } from '../run/time.ts';

/**
 * One JSON request, sent again with growing, jittered pauses until it is answered for good: what the function was told
 * is safe to repeat. Network trouble, 408, 429 and 5xx are no answer. I/O over an injected `fetch`.
 */
export interface Post<T> {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** What a reply below 500 means; `undefined` when it is "not yet". */
  readonly judge: (reply: JsonReply) => Result<T, string> | undefined;
  /** Given up then; the last problem is the answer. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
}

export interface Line {
  readonly fetch: Fetch;
  readonly time: Time;
  readonly random: () => number;
}

export type PostError =
  | { readonly kind: 'refused'; readonly problem: string }
  | { readonly kind: 'unanswered'; readonly problem: string }
  | { readonly kind: 'aborted' };

const CALL_MS_MAX = 20_000; // a cold start of the function takes some seconds
const REPLY_BYTES_MAX = 1024 * 1024; // the whole configuration of a company is some 100 kB
const PAUSE = { firstMs: 250, mostMs: 15_000 };

export async function postUntilAnswered<T>(
  { fetch, time, random }: Line,
  post: Post<T>,
): Promise<Result<T, PostError>> {
  const endsAt = time.monotonicMs() + post.patienceMs;
  const interruptible: Fetch = (url, init) =>
    fetch(url, { ...init, signal: AbortSignal.any([post.signal, ...(init.signal == null ? [] : [init.signal])]) });
  for (let attempt = 0; ; attempt += 1) {
    const left = endsAt - time.monotonicMs();
    if (post.signal.aborted) return err({ kind: 'aborted' });
    const reply = await exchangeJson({
      fetch: interruptible,
      url: post.url,
      method: 'POST',
      headers: post.headers,
      body: post.body,
      timeoutMs: Math.max(1, Math.min(CALL_MS_MAX, Math.ceil(left))),
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (post.signal.aborted) return err({ kind: 'aborted' });
    const isAnswer = reply.ok && !isTrouble(reply.value.status);
    const judged = isAnswer ? post.judge(reply.value) : undefined;
    if (judged !== undefined) return judged.ok ? ok(judged.value) : err({ kind: 'refused', problem: judged.error });

    const problem = reply.ok ? `status ${reply.value.status}` : reply.error.kind;
    const asked = reply.ok ? (retryAfterMs(reply.value.headers) ?? 0) : 0;
    const pauseMs = Math.max(asked, jittered(attempt, random));
    if (time.monotonicMs() + pauseMs >= endsAt) return err({ kind: 'unanswered', problem });
    await time.wait(pauseMs, post.signal);
  }
}

const isTrouble = (status: number): boolean => status >= 500 || status === 408 || status === 429;

function jittered(attempt: number, random: () => number): number {
  const step = Math.min(PAUSE.firstMs * 2 ** Math.min(attempt, 20), PAUSE.mostMs);
  return step / 2 + (random() * step) / 2;
}
