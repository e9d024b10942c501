import type { Clock } from '../clock.ts';

/** How long something has been failing without a break, and whether a person should hear of it (again). */
export interface Outage {
  /** Notes a failure. Answers how long it has lasted where that should be said now; `urgent` waits for nothing. */
  failed(urgency?: 'urgent'): number | undefined;
  recovered(): void;
}

/** Speaks up after `afterMs`, then every ten minutes until it is over. */
export function watchOutage(clock: Clock, afterMs: number): Outage {
  let sinceMs: number | undefined;
  let saidAtMs: number | undefined;
  return {
    failed: urgency => {
      const nowMs = clock.elapsedMs();
      sinceMs ??= nowMs;
      const firstAtMs = urgency === 'urgent' ? nowMs : sinceMs + afterMs;
      if (nowMs < (saidAtMs === undefined ? firstAtMs : saidAtMs + REPEAT_MS)) return undefined;
      saidAtMs = nowMs;
      return Math.round(nowMs - sinceMs);
    },
    recovered: () => {
      sinceMs = undefined;
      saidAtMs = undefined;
    },
  };
}

const REPEAT_MS = 600_000;

/** What passes by itself within two minutes needs nobody. */
export const OUTAGE_MS = 120_000;
