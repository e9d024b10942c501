import type { LocalDate, TimeZone } from '@innkeeper/shared/domain/local-time';
import { wallClock } from '@innkeeper/shared/domain/local-time';

/** Dates and zones as a person reads them. Dates are those at the home, never instants. Pure. */
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
});
const dayAndYearFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
});

/** `Sat 21 Nov`, with the year when it is not `thisYear`'s. */
export function dayInWords(date: LocalDate, thisYear: string): string {
  const format = date.startsWith(thisYear) ? dayFormat : dayAndYearFormat;
  return format.format(Date.parse(`${date}T00:00:00Z`)).replaceAll(',', '');
}

/** `Sat 21 Nov`, or `Sat 21 – Mon 23 Nov`. */
export function daysInWords(days: { from: LocalDate; to: LocalDate }, thisYear: string): string {
  if (days.from === days.to) return dayInWords(days.from, thisYear);
  return `${dayInWords(days.from, thisYear)} – ${dayInWords(days.to, thisYear)}`;
}

/** The place in a zone's name: `Europe/Lisbon` is `Lisbon`. */
export const zoneInWords = (zone: TimeZone): string => (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');

/** `Fri 20 Nov 14:05` on the clock of `zone`. */
export function instantInWords(iso: string, zone: TimeZone, thisYear: string): string {
  const { date, time } = wallClock(zone, Date.parse(iso));
  return `${dayInWords(date, thisYear)} ${time}`;
}

export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
