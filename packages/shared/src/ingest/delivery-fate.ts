import type { DurabilityError } from '../ports/delivery-queue.ts';
import type { StoreError } from '../ports/document-store.ts';

/** Everything that can keep a delivery from being settled, and what becomes of the delivery then. Pure. */
export type DeliveryFailure =
  | StoreError
  | DurabilityError
  /** The vendor's API is down, slow or answers nonsense. */
  | { readonly kind: 'vendor_unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  /** The vendor's limit, or ours before it, is used up. */
  | { readonly kind: 'vendor_limited'; readonly detail: string; readonly retryAfterMs?: number }
  /** The vendor refuses our credentials: an operator must act. */
  | { readonly kind: 'vendor_denied'; readonly detail: string }
  /** The vendor says there is no such thing, and the event alone does not describe it. */
  | { readonly kind: 'vendor_unknown'; readonly detail: string }
  /** The message on the queue is not one of ours. */
  | { readonly kind: 'delivery_unreadable'; readonly detail: string }
  /** Its body is no longer in the overflow store. */
  | { readonly kind: 'body_missing'; readonly detail: string }
  /** An event that is mapped, without a field the mapping needs. */
  | { readonly kind: 'payload_unexpected'; readonly detail: string }
  | { readonly kind: 'facts_insufficient'; readonly missing: string }
  /** The stored document is not a record this version can read; it is never overwritten blindly. */
  | { readonly kind: 'record_unreadable'; readonly detail: string };

export type DeliveryFate =
  /** Back to the queue. `alert`: waiting alone will not heal it. */
  | { readonly act: 'retry'; readonly alert: boolean; readonly notBeforeMs: number }
  /** Kept where a person sees it. */
  | { readonly act: 'park'; readonly reason: string };

const retry = (alert: boolean, notBeforeMs = 0): DeliveryFate => ({ act: 'retry', alert, notBeforeMs });
const park = (reason: string): DeliveryFate => ({ act: 'park', reason });

export function fateOf(failure: DeliveryFailure): DeliveryFate {
  switch (failure.kind) {
    case 'precondition_failed':
    case 'contention':
      return retry(false);
    case 'unavailable':
      return retry(false, 'retryAfterMs' in failure ? failure.retryAfterMs : 0);
    case 'vendor_unavailable':
    case 'vendor_limited':
      return retry(false, failure.retryAfterMs);
    case 'denied':
    case 'vendor_denied':
      return retry(true);
    case 'refused':
      return park('store_refused');
    case 'vendor_unknown':
    case 'delivery_unreadable':
    case 'body_missing':
    case 'payload_unexpected':
    case 'facts_insufficient':
    case 'record_unreadable':
      return park(failure.kind);
  }
}

/** The failure in words without payload. */
export function detailOf(failure: DeliveryFailure): string {
  return failure.kind === 'facts_insufficient' ? `missing ${failure.missing}` : failure.detail;
}

/** First wait is short, because most outages are; a quarter of an hour at most, so that recovery is noticed soon. */
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15 * 60_000;

/**
 * Seconds until the next attempt. `attempts` counts the one that just failed. Full doubling with half of it random, so
 * that what failed together does not come back together.
 */
export function retryDelaySeconds(
  attempts: number,
  notBeforeMs: number,
  random: () => number,
  longestWaitMs = LONGEST_WAIT_MS,
): number {
  const ceiling = Math.min(longestWaitMs, FIRST_WAIT_MS * 2 ** Math.min(attempts - 1, 20));
  const waitMs = Math.max(ceiling * (0.5 + random() / 2), notBeforeMs);
  return Math.min(Math.ceil(waitMs / 1000), QUEUE_DELAY_SECONDS_MAX);
}

/** Cloudflare Queues delays a message for at most twelve hours. */
const QUEUE_DELAY_SECONDS_MAX = 43_200;
