import type { StayFilter } from '@innkeeper/shared/domain/plan';
import type { Tag } from '../lexicon/lexicon.ts';
import type { Limit, SaidHour } from '../limits/read-limits.ts';
import type { Part, Reading } from '../reading.ts';
import { hasAny } from './coverage.ts';

/** What narrows a list of stays: an hour, children, pets, the size of the party. Pure. */

/** Tags that `stayFilterOf` reads; a rule that calls it may allow them. */
export const filterTags: readonly Tag[] = ['late', 'early', 'only:children', 'only:pets'];

export type Moving = 'arrivals' | 'departures' | 'in_house';

/** Staff say late of an arrival that somebody has to wait for, early of a departure before the day's work begins. */
const lateArrival = '20:00';
const earlyDeparture = '08:00';

const movingTags: Readonly<Record<Moving, readonly Tag[]>> = {
  arrivals: ['arrive', 'arrival'],
  departures: ['depart', 'departure'],
  in_house: [],
};

/** The filter a reading asks for, empty when none; nothing when a limit in it does not narrow such a list. */
export function stayFilterOf(reading: Reading, moving: Moving): StayFilter | undefined {
  const filter: StayFilter = {};
  for (const limit of reading.limits) {
    const said = limitAsFilter(limit, moving);
    if (!said || Object.keys(said).some(key => key in filter)) return undefined;
    Object.assign(filter, said);
  }
  const implied = impliedHour(reading, moving);
  if (!implied) return undefined;
  if (countsChildren(reading)) return undefined;
  const [guests, second] = (['children', 'pets'] as const).filter(who => reading.tags.has(`only:${who}`));
  if (second) return undefined;
  return { ...implied, ...filter, ...(guests ? { with: guests } : {}) };
}

/** "how many children arrive" counts children, and no record says how many of a party they are. */
const countsChildren = ({ parts }: Reading): boolean =>
  parts.some((part, at) => {
    const next = parts[at + 1];
    return part.kind === 'tag' && part.tag === 'count' && next?.kind === 'tag' && next.tag.startsWith('only:');
  });

/** For a plan's optional field. */
export const onlyOf = (filter: StayFilter): { only?: StayFilter } =>
  Object.keys(filter).length > 0 ? { only: filter } : {};

function limitAsFilter(limit: Limit, moving: Moving): StayFilter | undefined {
  if (limit.kind === 'party') return { partyMin: limit.min };
  if (limit.kind === 'hours') return hoursAsFilter(limit, moving);
  if (limit.kind === 'nights' || limit.side === 'at' || moving === 'in_house') return undefined;
  const time = clockOf(limit.said, isMorning(limit.said.hour, moving, limit.side));
  return limit.side === 'after' ? { after: time } : { before: time };
}

/** "between 3 and 6pm": the half of the day said of the end holds for the beginning. */
function hoursAsFilter({ from, to }: Extract<Limit, { kind: 'hours' }>, moving: Moving): StayFilter | undefined {
  if (moving === 'in_house') return undefined;
  const before = clockOf(to, isMorning(to.hour, moving, 'before'));
  const isMorningStart = to.halfDay
    ? isMorning(from.hour, moving, 'before')
    : before < '12:00' || from.hour > to.hour % 12;
  const after = clockOf(from, isMorningStart);
  return after < before ? { after, before } : undefined;
}

/**
 * Whether an hour from 1 to 12 said without morning or evening is of the morning. Nobody is asked for before the day
 * begins or after it ends: arrivals after 9 are of the evening, departures before 6 of the morning.
 */
function isMorning(hour: number, moving: Moving, side: 'after' | 'before'): boolean {
  if (hour >= 7) return !(moving === 'arrivals' && side === 'after' && hour < 12);
  return moving === 'departures' && side === 'before' && hour >= 4;
}

/** `HH:MM`. 12 said alone is noon either way. */
export function clockOf({ hour, minute, halfDay }: SaidHour, isMorningHour: boolean): string {
  const hours = halfDay && !isMorningHour && hour < 12 ? hour + 12 : hour;
  return `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** "late arrivals", "arriving late", "early check-outs", and nothing else that may be early or late. */
function impliedHour(reading: Reading, moving: Moving): StayFilter | undefined {
  const isLate = reading.tags.has('late');
  const isEarly = reading.tags.has('early');
  if (!isLate && !isEarly) return {};
  if (isLate === isEarly || isLate !== (moving === 'arrivals') || moving === 'in_house') return undefined;
  const moves = (part: Part | undefined): boolean => part?.kind === 'tag' && movingTags[moving].includes(part.tag);
  const isBeside = reading.parts.some(
    (part, at) =>
      part.kind === 'tag' &&
      (part.tag === 'late' || part.tag === 'early') &&
      (moves(reading.parts[at - 1]) || moves(reading.parts[at + 1])),
  );
  // "anyone late?" of arrivals listed before
  const isAlone = !reading.parts.some(moves) && !hasAny(reading, 'arrived', 'departed');
  if (!isBeside && !isAlone) return undefined;
  return isLate ? { after: lateArrival } : { before: earlyDeparture };
}
