import type { Day } from '../world/calendar.ts';

const format = new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', weekday: 'short', day: 'numeric', month: 'short' });

/** `Sat 24 Oct`: as the assistant writes a day of this year. Pure. */
export const dayInShort = (day: Day): string => format.format(Date.parse(`${day}T00:00:00Z`)).replaceAll(',', '');
