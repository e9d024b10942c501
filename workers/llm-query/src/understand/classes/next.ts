import { addDays } from '@innkeeper/shared/domain/local-time';
import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, impliedToday } from '../asked.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';

/** Who comes or goes next, of no home in particular: the coming days in order of time, the next first. Pure. */

const daysShown = 7;
const subjects: readonly Tag[] = ['who', 'which', 'guest', 'booking', 'next', 'time', 'expected'];

/** "who's the next arrival", "next check-out", "what's next". */
export function readNext(asked: Asked): Plan | undefined {
  const { reading } = asked;
  if (!reading.tags.has('next') || reading.dates.length > 0) return undefined;
  if (reading.homes.some(({ meaning }) => meaning !== 'all_of')) return undefined;
  const homes = homesOf(reading);
  const goes = hasAny(reading, 'depart', 'departure');
  const own: readonly Tag[] = goes ? ['depart', 'departure'] : ['arrive', 'arrival'];
  if (!isCovered(reading, [...subjects, ...own])) return undefined;
  if (goes || hasAny(reading, 'arrive', 'arrival', 'who', 'guest'))
    return { kind: goes ? 'departures' : 'arrivals', when: comingDays(asked), homes, form: 'list' };
  return hasAny(reading, 'booking', 'time') ? undefined : { kind: 'overview', when: impliedToday(asked), homes };
}

const comingDays = ({ moment }: Asked): When => ({
  words: `the next ${daysShown} days`,
  byToday: Object.fromEntries(moment.todays.map(today => [today, { from: today, to: addDays(today, daysShown - 1) }])),
});
