import type { RateJournal } from '../hydration/rate-gate.ts';

/** Counts of calls in memory; they outlive the gate that is made on them. */
export function inMemoryRateJournal(): RateJournal {
  const calls = new Map<number, number>();
  let closedUntilMs = 0;
  return {
    load: sinceMs => ({
      spans: [...calls]
        .filter(([spanMs]) => spanMs >= sinceMs)
        .sort(([left], [right]) => left - right)
        .map(([spanMs, count]) => ({ spanMs, calls: count })),
      closedUntilMs,
    }),
    count: (spanMs, forgetBeforeMs) => {
      calls.set(spanMs, (calls.get(spanMs) ?? 0) + 1);
      for (const known of calls.keys()) if (known < forgetBeforeMs) calls.delete(known);
    },
    close: untilMs => {
      closedUntilMs = untilMs;
    },
  };
}
