import type { Time } from '../run/time.ts';

/** Time that passes when a test says so. */
export interface ManualTime extends Time {
  /** Lets time pass, and all that becomes due happen, in order. */
  pass(ms: number): Promise<void>;
}

export function manualTime(startMs = Date.parse('2026-11-21T01:30:00Z')): ManualTime {
  let nowMs = 0;
  let due: { readonly atMs: number; readonly action: () => void }[] = [];
  const after = (ms: number, action: () => void): (() => void) => {
    const entry = { atMs: nowMs + ms, action };
    due.push(entry);
    return () => {
      due = due.filter(other => other !== entry);
    };
  };
  return {
    now: () => new Date(startMs + nowMs),
    monotonicMs: () => nowMs,
    after,
    wait: (ms, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve();
        const cancel = after(ms, resolve);
        signal.addEventListener('abort', () => {
          cancel();
          resolve();
        });
      }),
    async pass(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        await settled();
        const next = due.toSorted((left, right) => left.atMs - right.atMs)[0];
        if (next === undefined || next.atMs > endMs) break;
        due = due.filter(other => other !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.action();
      }
      nowMs = endMs;
    },
  };
}

/** Everything that needs no time has happened. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
