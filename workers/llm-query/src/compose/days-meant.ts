import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import type { DayRange, When } from '@innkeeper/shared/domain/plan';
import type { Home, Homes } from '../evaluate/homes.ts';
import { daysAt } from '../evaluate/homes.ts';
import { daysInWords, zoneInWords } from './days-in-words.ts';

/** Days that were looked at on one clock; undefined where none were. */
export interface DaysMeant {
  readonly zone: TimeZone;
  readonly days: DayRange | undefined;
}

/** At the homes named, or at every home. Pure. */
export const daysMeant = (when: When, named: readonly Home[], homes: Homes): DaysMeant[] =>
  (named.length > 0 ? named : homes.all).map(home => ({ zone: home.zone, days: daysAt(when, home) }));

/** `Sat 21 Nov`; where it is not the same day everywhere `Sat 21 Nov in New York, Sun 22 Nov in Lisbon`. Pure. */
export function daysMeantInWords(meant: readonly DaysMeant[], thisYear: string): string | undefined {
  const known = meant.flatMap(({ zone, days }) => (days === undefined ? [] : { zone, days }));
  const byDays = Map.groupBy(
    known.toSorted((left, right) => left.days.from.localeCompare(right.days.from)),
    ({ days }) => daysInWords(days, thisYear),
  );
  if (byDays.size <= 1) return [...byDays.keys()][0];
  return [...byDays]
    .map(([words, there]) => `${words} in ${together([...new Set(there.map(({ zone }) => zoneInWords(zone)))].sort())}`)
    .join(', ');
}

const together = (places: readonly string[]): string =>
  [places.slice(0, -1).join(', '), ...places.slice(-1)].filter(words => words !== '').join(' and ');
