/** When to try again after a failure, and when to stop. Pure. */
const FIRST_WAIT_MS = 500;
/** A part that comes back is noticed within half a minute. */
const WAIT_MAX_MS = 30_000;
/** A question nobody could answer for a day is asked again by whoever still wants to know. */
export const GIVE_UP_AFTER_MS = 24 * 3_600_000;
/** Where the bot may look and not write, a role or token is being corrected, which takes minutes. */
export const DENIED_GIVE_UP_AFTER_MS = 5 * 60_000;
/** When the next try would come later than this after the question, the person is told that it takes longer. */
export const HOLD_AFTER_MS = 2_500;
/** A bug does not heal by trying: this many tries rule out a passing cause. */
export const BUG_TRIES_MAX = 4;

/** `random` in 0 … 1 spreads the tries of many conversations when a part comes back. */
export const waitBeforeTry = (attempt: number, random: number): number =>
  Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** Math.max(0, attempt - 1)) * (0.75 + random / 4);
