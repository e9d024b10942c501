import type { HealingReason } from '../stream/stream-failure.ts';

/**
 * How far back messages are read again by `_updatedAt`. It is set by the clock of a Rocket.Chat server a moment before
 * the write, and there may be several servers: ten minutes cover slow writes and clocks that nobody looks after.
 */
const OVERLAP_MS = 10 * 60_000;

/** What was replaced as a whole, or restored, may hold old dates on documents that are new here. */
const MAY_HOLD_OLD_DATES: Readonly<Record<HealingReason, boolean>> = {
  history_lost: false,
  capped_position_lost: false,
  token_invalid: true,
  collection_dropped: true,
  collection_renamed: true,
  database_dropped: true,
  invalidated: true,
};

/** Since when messages are read again; absent where all of them are. Pure. */
export function catchUpSince(reason: HealingReason, since: Date | undefined): Date | undefined {
  if (since === undefined || MAY_HOLD_OLD_DATES[reason]) return undefined;
  return new Date(since.getTime() - OVERLAP_MS);
}
