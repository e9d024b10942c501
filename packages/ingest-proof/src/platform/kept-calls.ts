import type { CallSpan, RateJournal } from '@innkeeper/shared/hydration/rate-gate';

/** Calls per span, as a Durable Object's SQLite keeps them. */
export function keptCalls(): RateJournal {
  const spans = new Map<number, number>();
  let closedUntilMs = 0;
  return {
    load: sinceMs => ({
      spans: [...spans]
        .map(([spanMs, calls]): CallSpan => ({ spanMs, calls }))
        .filter(({ spanMs }) => spanMs >= sinceMs)
        .toSorted((one, other) => one.spanMs - other.spanMs),
      closedUntilMs,
    }),
    count: (spanMs, forgetBeforeMs) => {
      spans.set(spanMs, (spans.get(spanMs) ?? 0) + 1);
      for (const known of spans.keys()) if (known < forgetBeforeMs) spans.delete(known);
    },
    close: untilMs => {
      closedUntilMs = untilMs;
    },
  };
}
