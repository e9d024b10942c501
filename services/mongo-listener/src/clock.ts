import { setTimeout as pause } from 'node:timers/promises';

/** Time as the listener uses it: wall clock for what people and other machines read, a steady one for durations. */
export interface Clock {
  /** Wall clock. May jump either way. */
  now(): Date;
  /** Milliseconds from an arbitrary start that never go back. */
  elapsedMs(): number;
  /** Resolves after `ms`, or at once when `signal` aborts. Never rejects. */
  pause(ms: number, signal?: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  pause: (ms, signal) =>
    pause(ms, undefined, { signal }).catch(() => {
      // Only an abort ends a pause early, and that is what the caller asked for.
    }),
};
