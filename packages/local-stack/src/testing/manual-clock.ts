import type { Clock } from '../queues/clock.ts';

/** A clock that stands still until a test moves it. */
export interface ManualClock extends Clock {
  /** Moves on by `ms`, running what becomes due on the way in its order and letting promises settle after each. */
  advance(ms: number): Promise<void>;
}

export function manualClock(startMs = Date.UTC(2026, 10, 21)): ManualClock {
  let nowMs = startMs;
  let tasks: { readonly atMs: number; readonly task: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs, task) {
      const entry = { atMs: nowMs + delayMs, task };
      tasks.push(entry);
      return () => {
        tasks = tasks.filter(other => other !== entry);
      };
    },
    async advance(ms) {
      const untilMs = nowMs + ms;
      await settlePromises();
      for (;;) {
        const next = tasks.filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (next === undefined) break;
        tasks = tasks.filter(other => other !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.task();
        await settlePromises();
      }
      nowMs = untilMs;
    },
  };
}

/** Lets everything run that needs no time to pass. */
export const settlePromises = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
