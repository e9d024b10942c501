import { addDays, type LocalDate, type TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';

/**
 * When runs are due, found by looking at the clock on the wall until it shows the time: slow and plain on purpose, since it
 * judges code that computes it. A minute that the clock skips comes as much later as it skips.
 */
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export function dueAtMs(day: LocalDate, time: string, zone: TimeZone): number {
  const isBefore = (atMs: number): boolean => {
    const clock = wallClock(zone, atMs);
    return clock.date < day || (clock.date === day && clock.time < time);
  };
  // No zone is ahead of this.
  let atMs = Date.parse(`${addDays(day, -1)}T09:00:00Z`);
  // By hours at first, and never past a time that comes twice.
  while (isBefore(atMs + 3 * HOUR_MS)) atMs += HOUR_MS;
  while (isBefore(atMs)) atMs += MINUTE_MS;
  const shown = wallClock(zone, atMs).time;
  // When it shows a later time, it was put forward over this one.
  return shown === time ? atMs : atMs + minutesBetween(lastShown(atMs, zone), time) * MINUTE_MS;
}

/** What the clock would have shown at this minute, had it not been put forward. */
function lastShown(atMs: number, zone: TimeZone): string {
  const before = wallClock(zone, atMs - MINUTE_MS).time;
  const minutes = minutesOf(before) + 1;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
const minutesBetween = (from: string, to: string): number => minutesOf(to) - minutesOf(from);
