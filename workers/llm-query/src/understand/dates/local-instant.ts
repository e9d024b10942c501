import { type LocalDate, type LocalTime, type TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';

const minuteMs = 60_000;

/**
 * The instant at which the clocks of `zone` show a date and time, in milliseconds since the epoch. A time the clocks
 * skip counts as if they had not been changed yet; of a time they show twice it is the first. Pure.
 */
export function instantAt(zone: TimeZone, date: LocalDate, time: LocalTime): number {
  const wanted = Date.parse(`${date}T${time}:00Z`);
  const shown = (epochMs: number): number => {
    const clock = wallClock(zone, epochMs);
    return Date.parse(`${clock.date}T${clock.time}:00Z`);
  };
  // The offset a day earlier and a day later bracket any change of clocks between.
  const dayMs = 1440 * minuteMs;
  const before = wanted - (shown(wanted - dayMs) - (wanted - dayMs));
  const after = wanted - (shown(wanted + dayMs) - (wanted + dayMs));
  const fitting = [before, after].filter(candidate => shown(candidate) === wanted);
  return fitting.length > 0 ? Math.min(...fitting) : before;
}
