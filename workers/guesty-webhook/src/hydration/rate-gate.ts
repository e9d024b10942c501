import type { ObservedLimits } from '@innkeeper/shared/adapters/guesty/guesty-client';

/**
 * When the next call to Guesty may begin. Counts the calls of the vendor's three windows, and believes the vendor where
 * it says that less is left: other integrations of the company draw on the same quota. Pure but for its own counts.
 */
export interface RateGate {
  /** Milliseconds until a call may begin; 0 for now. */
  delayMs(nowMs: number): number;
  began(nowMs: number): void;
  observed(limits: ObservedLimits, nowMs: number): void;
}

/** From the vendor's "Rate Limits" page: 15 a second, 120 a minute, 5,000 an hour. */
const WINDOWS = [
  { name: 'second', lengthMs: 1_000, callsMax: 15 },
  { name: 'minute', lengthMs: 60_000, callsMax: 120 },
  { name: 'hour', lengthMs: 3_600_000, callsMax: 5_000 },
] as const;
const LONGEST_MS = 3_600_000;

export function createRateGate(): RateGate {
  /** Begin of every call of the last hour, oldest first: at most 5,000 numbers. */
  let begun: number[] = [];
  let closedUntilMs = 0;

  return {
    delayMs: nowMs => {
      begun = begun.filter(at => at > nowMs - LONGEST_MS);
      const waits = WINDOWS.map(({ lengthMs, callsMax }) => {
        const mustLeave = begun[begun.length - callsMax];
        return mustLeave === undefined ? 0 : mustLeave + lengthMs - nowMs;
      });
      return Math.max(0, closedUntilMs - nowMs, ...waits);
    },
    began: nowMs => {
      begun.push(nowMs);
    },
    observed: (limits, nowMs) => {
      if (limits.retryAfterMs !== undefined) closedUntilMs = Math.max(closedUntilMs, nowMs + limits.retryAfterMs);
      for (const { name, lengthMs } of WINDOWS) {
        if (limits[name] === 0)
          closedUntilMs = Math.max(closedUntilMs, nowMs + Math.min(lengthMs, EMPTY_WINDOW_WAIT_MS));
      }
    },
  };
}

/** The vendor does not say when an empty window refills: ask again after this, however long the window. */
const EMPTY_WINDOW_WAIT_MS = 10_000;
