import { exchangeJson, type JsonReply } from '@innkeeper/shared/adapters/http/exchange-json';
import type { Fetch } from '@innkeeper/shared/adapters/http/limit-reply';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type * as z from 'zod';
import type { AskError } from './ask-error.ts';

/** One second under what a check is given as a whole, so that a silent vendor is named and not merely cut off. */
export const CALL_MS_MAX = 9_000;
/** A zone's records, or fifty services with their templates, are some hundred kB. */
const REPLY_BYTES_MAX = 8 * 1024 * 1024;

export interface JsonQuestion<T> {
  readonly fetch: Fetch;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly answer: z.ZodType<T>;
  /** Reads that take their question as a body, such as a count. Everything else is a GET. */
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

/** Asks once and reads the answer by its schema. I/O: `fetch`. */
export async function askJson<T>(question: JsonQuestion<T>): Promise<Result<T, AskError>> {
  const timeoutMs = question.timeoutMs ?? CALL_MS_MAX;
  const reply = await exchangeJson({
    fetch: question.fetch,
    url: question.url,
    method: question.body === undefined ? 'GET' : 'POST',
    headers: question.headers,
    ...(question.body === undefined ? {} : { body: question.body }),
    timeoutMs,
    replyBytesMax: REPLY_BYTES_MAX,
  });
  if (!reply.ok) {
    switch (reply.error.kind) {
      case 'timeout':
        return err({ kind: 'timeout', detail: `did not answer within ${Math.round(timeoutMs / 1000)} s` });
      case 'unreachable':
        return err({ kind: 'unreachable', detail: 'cannot be reached' });
      case 'too_large':
        return err({ kind: 'unreadable', detail: 'answered with more than can be an answer' });
    }
  }
  const { status, json } = reply.value;
  if (status < 200 || status > 299) return err(errorOfStatus(status));
  const parsed = question.answer.safeParse(json);
  return parsed.success ? ok(parsed.data) : err(unreadable(json));
}

export function errorOfStatus(status: JsonReply['status']): AskError {
  const detail = `answered ${status}`;
  if (status === 400) return { kind: 'malformed', detail };
  if (status === 401) return { kind: 'refused', detail };
  if (status === 403) return { kind: 'forbidden', detail };
  if (status === 404) return { kind: 'missing', detail };
  if (status === 429) return { kind: 'limited', detail };
  return status >= 500 ? { kind: 'vendor_failed', detail } : { kind: 'unreadable', detail };
}

const unreadable = (json: unknown): AskError => ({
  kind: 'unreadable',
  detail: json === undefined ? 'answered something that is not JSON' : 'answered in a form that is not documented',
});
