import { setTimeout as pause } from 'node:timers/promises';

/** Time as a run needs it. Deadlines and durations go by the monotonic clock: a new server's wall clock may jump. */
export interface Time {
  /** For people and records. */
  readonly now: () => Date;
  /** Milliseconds from some beginning; never goes back. */
  readonly monotonicMs: () => number;
  /** Resolves after `ms`, or at once when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
  /** Runs something later; the answer takes it back. */
  after(ms: number, action: () => void): () => void;
}

export const systemTime: Time = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  wait: (ms, signal) => pause(ms, undefined, { signal }).catch(() => undefined), // aborted: the caller looks
  after(ms, action) {
    const timer = setTimeout(action, ms);
    return () => clearTimeout(timer);
  },
};
