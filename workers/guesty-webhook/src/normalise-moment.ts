import type { GuestyMoment } from '@innkeeper/shared/adapters/guesty/payload';
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

/** Seconds above this would be the year 5138, milliseconds below it the spring of 1973: no record is of either. */
const SECONDS_MAX = 1e11;
/** The year 2200: beyond it a number counts something else than milliseconds. */
const EPOCH_MS_MAX = 7_258_118_400_000;

/** Seconds, milliseconds (as numbers or as text) or ISO 8601 to milliseconds; a text without a zone is in UTC. */
export function toEpochMs(moment: GuestyMoment): number | undefined {
  const epochMs =
    typeof moment === 'string' && !/^\s*\d+(?:\.\d+)?\s*$/u.test(moment) ? fromText(moment) : fromNumber(moment);
  return epochMs >= 0 && epochMs <= EPOCH_MS_MAX ? Math.floor(epochMs) : undefined;
}

function fromNumber(moment: GuestyMoment): number {
  const value = Number(moment ?? Number.NaN);
  return value < SECONDS_MAX ? value * 1000 : value;
}

function fromText(text: string): number {
  const isZoneless = /^\s*\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*$/u.test(text);
  return Date.parse(isZoneless ? `${text.trim().replace(' ', 'T')}Z` : text);
}

/** To ISO 8601 UTC. */
export function toInstant(moment: GuestyMoment): string | undefined {
  const epochMs = toEpochMs(moment);
  return epochMs === undefined ? undefined : new Date(epochMs).toISOString();
}

/** The date at the home when a UTC instant falls there. */
export function dateInZone(instant: GuestyMoment, zone: TimeZone | undefined): LocalDate | undefined {
  const epochMs = toEpochMs(instant);
  return zone === undefined || epochMs === undefined ? undefined : wallClock(zone, epochMs).date;
}
