/** Spans of time as a person says them: `3 min`, `26 h`, `12 days`. Pure. */
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

export function describeSpan(ms: number): string {
  const span = Math.max(0, ms);
  if (span < MINUTE_MS) return `${Math.floor(span / 1000)} s`;
  if (span < 2 * HOUR_MS) return `${Math.floor(span / MINUTE_MS)} min`;
  if (span < 2 * DAY_MS) return `${Math.floor(span / HOUR_MS)} h`;
  return `${Math.floor(span / DAY_MS)} days`;
}

export const ago = (instant: Date | string, now: Date): string =>
  `${describeSpan(now.getTime() - new Date(instant).getTime())} ago`;

export const ageMs = (instant: Date | string, now: Date): number => now.getTime() - new Date(instant).getTime();
