/** What makes a catch-up scan necessary: the stream cannot be continued without a gap. */
export const HEALING_REASONS = [
  /** The oplog no longer reaches back to the resume token. */
  'history_lost',
  /** The server does not take the resume token (restored or rebuilt replica set, other database). */
  'token_invalid',
  'capped_position_lost',
  'collection_dropped',
  'collection_renamed',
  'database_dropped',
  'invalidated',
] as const;
export type HealingReason = (typeof HEALING_REASONS)[number];

/** What a failure of MongoDB means for the listener. `detail` names code and error, never addresses or credentials. */
export type StreamFailure =
  /** Passes by itself: reconnect and go on from the last token. */
  | { readonly kind: 'resume'; readonly detail: string }
  | { readonly kind: 'heal'; readonly reason: HealingReason; readonly detail: string }
  /** Credentials or rights are wrong: nothing helps until an operator acts. */
  | { readonly kind: 'denied'; readonly detail: string }
  /** Not known: tried again like `resume`, with an alert once it keeps happening. */
  | { readonly kind: 'unknown'; readonly detail: string };
