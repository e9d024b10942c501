/** How often a contended transaction is tried, and how long it waits in between. Pure. */
export const TRANSACTION_ATTEMPTS_MAX = 5;

const FIRST_WAIT_MS = 50; // a few round trips: the other transaction is usually done by then
const WAIT_MAX_MS = 1_000;

/** Wait before try number `attempt` (the first is 0); `random` in [0, 1) spreads those who collided. */
export function transactionWaitMs(attempt: number, random: number): number {
  const ceiling = Math.min(WAIT_MAX_MS, FIRST_WAIT_MS * 2 ** attempt);
  return Math.round(ceiling * (0.5 + random / 2));
}
