import { err, ok, type Result } from '../../result/result.ts';
import type { JsonReply } from './exchange-json.ts';

/** What a vendor's REST API has to say against a call; the same statuses mean the same at each of them. */
export type VendorError =
  | { readonly kind: 'not_found' }
  /** The credentials are refused, or do not open this route. */
  | { readonly kind: 'denied'; readonly status: number }
  | { readonly kind: 'limited'; readonly retryAfterMs?: number }
  /** The route or this request is not to the vendor's liking. */
  | { readonly kind: 'refused'; readonly status: number }
  /** Down, slow, or an answer outside the vendor's format. */
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number };

/** A reply to what it means. `pick` answers `undefined` where the body is outside the vendor's format. Pure. */
export function judgeVendorReply<T>(
  { status, json }: Pick<JsonReply, 'status' | 'json'>,
  waitMs: number | undefined,
  pick: (json: unknown) => T | undefined,
): Result<T, VendorError> {
  const retryAfter = waitMs === undefined ? {} : { retryAfterMs: waitMs };
  if (status === 404) return err({ kind: 'not_found' });
  if (status === 401 || status === 403) return err({ kind: 'denied', status });
  if (status === 429) return err({ kind: 'limited', ...retryAfter });
  if (status >= 500) return err({ kind: 'unavailable', detail: `status ${status}`, ...retryAfter });
  if (status < 200 || status >= 300) return err({ kind: 'refused', status });
  const value = pick(json);
  return value === undefined ? err({ kind: 'unavailable', detail: 'unexpected answer' }) : ok(value);
}
