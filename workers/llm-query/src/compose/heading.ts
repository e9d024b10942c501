import type { StayFilter, When } from '@innkeeper/shared/domain/plan';
import type { Home } from '../evaluate/homes.ts';
import { homeInWords } from './booking-line.ts';
import { daysMeant, daysMeantInWords } from './days-meant.ts';
import type { Rendering } from './draft.ts';
import { homesNamed, townOf } from './homes-named.ts';
import { plainName } from './plain-text.ts';

/** What an answer is about, in its first line, and where nothing was found what was searched. Pure. */

/** `*Checking in today* (Sat 21 Nov, Garden Studio)`. `narrowed` is what the list was narrowed by, in words. */
export function headingOf(
  title: string,
  when: When,
  named: readonly Home[],
  rendering: Rendering,
  narrowed: readonly string[] = [],
  meant = daysMeant(when, named, rendering.homes),
): string {
  const days = daysMeantInWords(meant, rendering.thisYear);
  const words = when.words.toLowerCase();
  return headed(ENGLISH_DAYS.has(words) ? `${title} ${words}` : title, [
    ...(days === undefined ? [] : [days]),
    ...(when.assumed ? [when.assumed === 'day_before_month' ? 'read as day/month' : 'read as month/day'] : []),
    ...homesNamed(named, rendering.homes),
    ...narrowed,
  ]);
}

/** A first line as a person reads it: what it is, and in brackets about what. */
export const headed = (title: string, about: readonly string[]): string =>
  `*${title}*${about.length === 0 ? '' : ` (${about.join(', ')})`}`;

/** Words of a question that say more than the dates behind them, and read well behind an English title. */
const ENGLISH_DAYS: ReadonlySet<string> = new Set([
  ...['now', 'today', 'tonight', 'tomorrow', 'tomorrow night', 'the day after tomorrow', 'yesterday'],
  ...['today and tomorrow', 'yesterday and today'],
  ...['this', 'next', 'last'].flatMap(which =>
    ['morning', 'afternoon', 'evening', 'night', 'week', 'weekend', 'month', 'year'].map(unit => `${which} ${unit}`),
  ),
]);

export function filterInWords(only: StayFilter | undefined): string[] {
  if (only === undefined) return [];
  return [
    ...(only.after === undefined ? [] : [`after ${only.after}`]),
    ...(only.before === undefined ? [] : [`before ${only.before}`]),
    ...(only.with === undefined ? [] : [`with ${only.with}`]),
    ...(only.partyMin === undefined ? [] : [`${only.partyMin} or more guests`]),
  ];
}

/** `what`, in the homes that were named or in all of them. */
export function searchedInWords(what: string, named: readonly Home[], rendering: Rendering, more = ''): string {
  const town = townOf(named, rendering.homes);
  const every = named.length === 0 ? 'every home' : town && `every home in ${plainName(town)}`;
  return `_Searched: ${what} of ${every ?? named.map(homeInWords).join(', ')}${more}._`;
}

export const searchedBookings = (named: readonly Home[], rendering: Rendering, days = ''): string =>
  searchedInWords('bookings', named, rendering, `${days}, confirmed or not; inquiries and cancelled ones do not count`);
