import type { ChatChange } from '@innkeeper/shared/contracts/chat-change';
import type { Result } from '@innkeeper/shared/result/result';

/** Where understood changes go. */
export interface ChangePublisher {
  /** Resolves once all of them are kept by Pub/Sub. At most `PUBLISH_BATCH_MAX` at once; all go to one topic. */
  publish(topic: 'live' | 'backfill', changes: readonly ChatChange[]): Promise<Result<void, PublishError>>;
}

export type PublishError =
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** Topic or rights are missing: an operator must act; tried again all the same. */
  | { readonly kind: 'denied'; readonly detail: string }
  /** This batch can never be taken. */
  | { readonly kind: 'refused'; readonly detail: string };

/** Pub/Sub takes 1,000 messages and 10 MB in one request. */
export const PUBLISH_BATCH_MAX = 1_000;
export const PUBLISH_BYTES_MAX = 8_000_000;
