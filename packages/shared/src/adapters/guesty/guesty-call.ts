import type { Secret } from '../../config/secret.ts';
import type { ObservedLimits } from '../../hydration/rate-gate.ts';
import { err, type Result } from '../../result/result.ts';
import { exchangeJson, retryAfterMs } from '../http/exchange-json.ts';
import type { Fetch } from '../http/limit-reply.ts';
import { judgeVendorReply, type VendorError } from '../http/vendor-reply.ts';

/**
 * One GET of Guesty's Open API and what its reply means: no retries, no waiting. What was left of the vendor's limits
 * comes with every answer; whoever owns the limits decides when to call. I/O: HTTPS.
 */
export interface GuestyAnswer<T> {
  readonly result: Result<T, VendorError>;
  readonly limits: ObservedLimits;
}

export interface GuestyClientOptions {
  /** With `/v1`, without a trailing slash. */
  readonly baseUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: Secret;
  readonly fetch: Fetch;
}

/** A thing as one of the vendor's lists shows it. */
export type GuestyRow = Readonly<Record<string, unknown>>;

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
    return {
      result: judgeVendorReply(reply.value, retryAfterMs(reply.value.headers), pick),
      limits: observeLimits(reply.value.headers),
    };
  };
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
