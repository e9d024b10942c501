/** When the sweep raises its voice, and how much it does in one call. Pure. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A scheduler is given this long; two sweeps later at the latest a person knows. */
export const MISSED_AFTER_MS = 10 * MINUTE_MS;

/** A day, and the two hours that a run may take longer than the one before. */
export const RECOVERY_POINT_MS_MAX = 26 * HOUR_MS;

/** A week, and a day for the retry. */
export const DRILL_AGE_MS_MAX = 8 * 24 * HOUR_MS;

/** The fourth sweep in a row, however unpunctual the scheduler is: about a quarter of an hour. */
export const CLOUD_UNREACHABLE_MS = 14 * MINUTE_MS;

/** A server whose run is not known may be newer than our knowledge: orders and listings cross each other. */
export const ORPHAN_GRACE_MS = 5 * MINUTE_MS;

/** A server that was just made may be missing from the list for a moment. */
export const VANISHED_GRACE_MS = 2 * MINUTE_MS;

/** Each costs some calls of Hetzner or chat; what is left is the next sweep's. */
export const ORPHANS_PER_SWEEP_MAX = 10;
export const UNTOLD_PER_SWEEP_MAX = 5;
