import { type TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';

/** `2026-11-21 03:04` by the clock of `zone`. Pure. */
export function describeInstant(instant: string, zone: TimeZone): string {
  const { date, time } = wallClock(zone, Date.parse(instant));
  return `${date} ${time}`;
}
