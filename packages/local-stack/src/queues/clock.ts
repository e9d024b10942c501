/** Time as the queues see it, so that tests can move it. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Runs `task` after `delayMs`; the returned function takes it back. */
  after(delayMs: number, task: () => void): () => void;
}

const TIMER_MS_MAX = 2_147_483_647; // setTimeout fires at once beyond 32 bits.

export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, task) {
    const timer = setTimeout(task, Math.min(delayMs, TIMER_MS_MAX));
    return () => clearTimeout(timer);
  },
};
