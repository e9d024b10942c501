import { LocalDate, LocalTime, type TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';

/** Dates and times as Guesty writes them to the domain's. What cannot be read is absent, never guessed. Pure. */

/** "2026-11-21", also with a time behind it, to a date at the home. */
export function toLocalDate(text: string | null | undefined): LocalDate | undefined {
  return LocalDate.safeParse(text?.slice(0, 10)).data;
}

/** "21:30", "9:30", "21:30:00" to `HH:MM`. */
export function toLocalTime(text: string | null | undefined): LocalTime | undefined {
  const match = /^\s*(\d{1,2}):(\d{2})(?::\d{2})?\s*$/u.exec(text ?? '');
  return match === null ? undefined : LocalTime.safeParse(`${match[1]?.padStart(2, '0')}:${match[2]}`).data;
}

/** Any instant JavaScript reads to ISO 8601 UTC. */
export function toInstant(text: string | null | undefined): string | undefined {
  const epochMs = Date.parse(text ?? '');
  return Number.isNaN(epochMs) ? undefined : new Date(epochMs).toISOString();
}

/** The date at the home when a UTC instant falls there. */
export function dateInZone(instant: string | null | undefined, zone: TimeZone | undefined): LocalDate | undefined {
  const epochMs = Date.parse(instant ?? '');
  return zone === undefined || Number.isNaN(epochMs) ? undefined : wallClock(zone, epochMs).date;
}
