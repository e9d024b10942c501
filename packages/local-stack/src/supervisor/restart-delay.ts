/** How long to wait before a part that ended is started again: not at all the first time, then ever longer. Pure. */
const DELAY_MS_MIN = 250;
const DELAY_MS_MAX = 10_000;
/** Who lived this long has recovered; its next end is a new story. */
const RECOVERED_AFTER_MS = 1_000;

/** `failures`: ends in a row, each before it had recovered. */
export const restartDelayMs = (failures: number): number =>
  failures === 0 ? 0 : Math.min(DELAY_MS_MAX, DELAY_MS_MIN * 2 ** (failures - 1));

export const countFailure = (failures: number, healthyForMs: number): number =>
  healthyForMs >= RECOVERED_AFTER_MS ? 0 : failures + 1;
