import type { Secret } from '../../config/secret.ts';
import type { ObservedLimits } from '../../hydration/rate-gate.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { exchangeJson, type JsonReply, retryAfterMs } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';

/**
 * One GET of Guesty's Open API and what its reply means: no retries, no waiting. What was left of the vendor's limits
 * comes with every answer; whoever owns the limits decides when to call. I/O: HTTPS.
 */
export interface GuestyAnswer<T> {
  readonly result: Result<T, GuestyError>;
  readonly limits: ObservedLimits;
}

export type GuestyError =
  | { readonly kind: 'not_found' }
  /** The token or the key is refused. */
  | { readonly kind: 'denied'; readonly status: number }
  | { readonly kind: 'limited'; readonly retryAfterMs?: number }
  /** The route or this request is not to the vendor's liking. */
  | { readonly kind: 'refused'; readonly status: number }
  /** Down, slow, or an answer outside the vendor's format. */
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number };

export interface GuestyClientOptions {
  /** With `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly fetch: Fetch;
}

/** The vendor's slow reads have been seen at 3 s. */
export const READ_TIMEOUT_MS = 10_000;
/** A hundred reservations with everything the vendor keeps of them are below 8 MB. */
export const REPLY_BYTES_MAX = 16 * 1024 * 1024;

/** `path` begins below `/v1`; `pick` answers `undefined` where the body is outside the vendor's format. */
export type GuestyGet = <T>(
  token: string,
  path: string,
  pick: (json: unknown) => T | undefined,
) => Promise<GuestyAnswer<T>>;

export function guestyGet({ fetch, baseUrl }: Pick<GuestyClientOptions, 'fetch' | 'baseUrl'>): GuestyGet {
  return async (token, path, pick) => {
    const reply = await exchangeJson({
      fetch,
      url: `${baseUrl}${path}`,
      method: 'GET',
      headers: { authorization: `Bearer ${token}` },
      timeoutMs: READ_TIMEOUT_MS,
      replyBytesMax: REPLY_BYTES_MAX,
    });
    if (!reply.ok) return { result: err({ kind: 'unavailable', detail: reply.error.kind }), limits: {} };
    return { result: judgeReply(reply.value, pick), limits: observeLimits(reply.value.headers) };
  };
}

/** A reply to what it means. */
export function judgeReply<T>(reply: JsonReply, pick: (json: unknown) => T | undefined): Result<T, GuestyError> {
  const { status, headers, json } = reply;
  const wait = retryAfterMs(headers);
  const retryAfter = wait === undefined ? {} : { retryAfterMs: wait };
  if (status === 404) return err({ kind: 'not_found' });
  if (status === 401 || status === 403) return err({ kind: 'denied', status });
  if (status === 429) return err({ kind: 'limited', ...retryAfter });
  if (status >= 500) return err({ kind: 'unavailable', detail: `status ${status}`, ...retryAfter });
  if (status < 200 || status >= 300) return err({ kind: 'refused', status });
  const value = pick(json);
  return value === undefined ? err({ kind: 'unavailable', detail: 'unexpected answer' }) : ok(value);
}

/** What the vendor said is left in each of its windows. */
function observeLimits(headers: Headers): ObservedLimits {
  const left = (window: string): number | undefined => {
    const value = Number.parseInt(headers.get(`x-ratelimit-remaining-${window}`) ?? '', 10);
    return Number.isNaN(value) ? undefined : value;
  };
  const limits = {
    second: left('second'),
    minute: left('minute'),
    hour: left('hour'),
    retryAfterMs: retryAfterMs(headers),
  };
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
