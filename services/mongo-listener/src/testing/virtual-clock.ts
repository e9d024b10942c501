import { setImmediate as everythingElse } from 'node:timers/promises';
import type { Clock } from '../clock.ts';

/** A clock that a test moves. Pauses end in the order of their time; the wall clock can be set apart from the steady one. */
export interface VirtualClock extends Clock {
  /** Lets everything happen that is due within `ms`, one pause after the other. */
  advance(ms: number): Promise<void>;
  /** Moves time from pause to pause until `work` is done. */
  until<T>(work: Promise<T>): Promise<T>;
  /** Sets the wall clock by `ms`, as an operator or NTP would. */
  jump(ms: number): void;
}

export function virtualClock(startedAt = '2026-11-21T09:00:00.000Z'): VirtualClock {
  const startMs = Date.parse(startedAt);
  let elapsedMs = 0;
  let jumpedMs = 0;
  const pauses: { readonly atMs: number; readonly end: () => void }[] = [];

  const endNext = (limitMs: number): boolean => {
    const [next] = pauses.toSorted((a, b) => a.atMs - b.atMs);
    if (next === undefined || next.atMs > limitMs) return false;
    elapsedMs = Math.max(elapsedMs, next.atMs);
    next.end();
    return true;
  };

  return {
    now: () => new Date(startMs + Math.round(elapsedMs) + jumpedMs),
    elapsedMs: () => elapsedMs,
    pause: (ms, signal) => {
      if (signal?.aborted === true) return Promise.resolve();
      return new Promise(resolve => {
        const end = () => {
          const at = pauses.indexOf(pause);
          if (at !== -1) pauses.splice(at, 1);
          signal?.removeEventListener('abort', end);
          resolve();
        };
        const pause = { atMs: elapsedMs + ms, end };
        pauses.push(pause);
        signal?.addEventListener('abort', end);
      });
    },
    advance: async ms => {
      const limitMs = elapsedMs + ms;
      do await everythingElse();
      while (endNext(limitMs));
      elapsedMs = limitMs;
    },
    until: async work => {
      let isDone = false;
      const finished = work.finally(() => {
        isDone = true;
      });
      finished.catch(() => undefined); // whoever called sees it
      for (;;) {
        await everythingElse();
        if (isDone) return finished;
        if (!endNext(Number.POSITIVE_INFINITY)) await everythingElse();
      }
    },
    jump: ms => {
      jumpedMs += ms;
    },
  };
}
