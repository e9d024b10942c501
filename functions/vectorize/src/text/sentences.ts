import type { LocalDate } from '@innkeeper/shared/domain/local-time';

/** Words the texts of all kinds are built from. Pure; English, because the index's own prose is. */
const dayFormat = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'UTC',
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  year: 'numeric',
});

/** `Saturday 21 November 2026`. */
export const dayInWords = (date: LocalDate): string =>
  dayFormat.format(Date.parse(`${date}T00:00:00Z`)).replace(',', '');

/** `1 night`, `3 nights`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Joins the parts that are there into sentences, each closed by a full stop. */
export function sentences(...parts: (string | undefined)[]): string {
  return parts
    .filter((part): part is string => part !== undefined && part.trim() !== '')
    .map(part => (/[.!?…]$/u.test(part.trim()) ? part.trim() : `${part.trim()}.`))
    .join(' ');
}

/** `2026-11-21 14:05` at `timezone`, for an ISO instant. */
export function instantInWords(instant: string, timezone = 'UTC'): string {
  return `${new Intl.DateTimeFormat('en-GB', {
    timeZone: timezone,
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  })
    .format(Date.parse(instant))
    .replace(
      ',',
      '',
    )} at ${new Intl.DateTimeFormat('en-GB', { timeZone: timezone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(Date.parse(instant))}`;
}
