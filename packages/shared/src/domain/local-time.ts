import * as z from 'zod/mini';

/**
 * Time at a home. Dates are `YYYY-MM-DD` strings at the listing, compared as text; instants are ISO 8601 in UTC.
 * Only `Intl` and integer arithmetic: this runs in every Worker without a date library. Pure.
 */
export const LocalDate = z
  .string()
  .check(z.regex(/^\d{4}-\d{2}-\d{2}$/u), z.refine(isCalendarDate, 'no such day'))
  .brand<'LocalDate'>();
export type LocalDate = z.infer<typeof LocalDate>;

/** `HH:MM`, 24 hours. */
export const LocalTime = z
  .string()
  .check(z.regex(/^([01]\d|2[0-3]):[0-5]\d$/u))
  .brand<'LocalTime'>();
export type LocalTime = z.infer<typeof LocalTime>;

/** IANA zone name that this runtime knows. */
export const TimeZone = z.string().check(z.refine(isKnownZone, 'unknown time zone')).brand<'TimeZone'>();
export type TimeZone = z.infer<typeof TimeZone>;

export const Instant = z.iso.datetime({ offset: true });
export type Instant = z.infer<typeof Instant>;

const DAY_MS = 86_400_000;

function isCalendarDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function isKnownZone(name: string): boolean {
  try {
    formatterFor(name);
    return true;
  } catch {
    return false; // Intl throws RangeError for names it does not know: that is the answer asked for.
  }
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/** Constructing a formatter costs ~50 µs; a company has a handful of zones. */
function formatterFor(zone: string): Intl.DateTimeFormat {
  const cached = formatters.get(zone);
  if (cached) return cached;
  const formatter = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    calendar: 'iso8601',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  if (formatters.size < 600) formatters.set(zone, formatter); // more zones than IANA has names would be a leak
  return formatter;
}

/** The wall clock of `zone` at an instant given in milliseconds since the epoch. */
export function wallClock(zone: TimeZone, epochMs: number): { date: LocalDate; time: LocalTime } {
  const parts = new Map(
    formatterFor(zone)
      .formatToParts(epochMs)
      .map(part => [part.type, part.value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return {
    date: `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}` as LocalDate,
    time: `${part('hour')}:${part('minute')}` as LocalTime,
  };
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10) as LocalDate;
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);
}

/** ISO weekday: 1 Monday … 7 Sunday. */
export function isoWeekday(date: LocalDate): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}
