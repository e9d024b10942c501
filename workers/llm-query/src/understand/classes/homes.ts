import type { ListingId } from '@innkeeper/shared/domain/ids';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import type { HomeFact, Tag } from '../lexicon/lexicon.ts';
import { homesOf, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';

/** Rules for questions about a named home: who is in it, and what its listing says. Pure. */

const peopleWords: readonly Tag[] = ['who', 'guest', 'which', 'booking', 'now', 'time'];

export function readOccupant(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const homes = homesOf(reading);
  if (homes.length === 0 || reading.dates.length > 0 || reading.homes.some(home => home.meaning === 'all_of'))
    return undefined;
  const which = whichOccupant(reading);
  return which && { kind: 'occupant', which, homes };
}

function whichOccupant(reading: Reading): 'current' | 'next' | 'previous' | undefined {
  const stay: readonly Tag[] = ['stay', 'count', 'how_long'];
  if (reading.tags.has('next')) {
    const allowed: readonly Tag[] = [...peopleWords, 'next', 'arrive', 'arrival', 'stay', 'occupied'];
    const isSomeone = hasAny(reading, 'who', 'guest', 'booking', 'arrive', 'arrival', 'occupied');
    return isSomeone && isCovered(reading, allowed) ? 'next' : undefined;
  }
  if (!hasAny(reading, 'who', 'guest')) return hasAny(reading, 'previous') ? previousBooking(reading) : undefined;
  if (hasAny(reading, 'previous', 'was', 'stayed')) {
    return isCovered(reading, [...peopleWords, 'previous', 'was', 'stayed', 'depart', 'departed', 'stay'])
      ? 'previous'
      : undefined;
  }
  if (hasAny(reading, 'arrive', 'arrival_time'))
    return isCovered(reading, [...peopleWords, 'arrive', 'arrival_time']) ? 'next' : undefined;
  return isCovered(reading, [...peopleWords, ...stay, 'depart', 'departure_time', 'pronoun']) ? 'current' : undefined;
}

/** "previous booking of the Blue Flat", "last check-out at Casa Verde". */
const previousBooking = (reading: Reading): 'previous' | undefined =>
  hasAny(reading, 'booking', 'depart', 'departure') &&
  isCovered(reading, [...peopleWords, 'previous', 'was', 'depart', 'departure'])
    ? 'previous'
    : undefined;

export function readHomeFact(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const homes: ListingId[] = homesOf(reading);
  if (homes.length === 0 || reading.dates.length > 0) return undefined;
  const topic = factOf(reading);
  return topic && { kind: 'home', homes, topic: topicOf(topic) };
}

/** In words, as a listing's own headings are: "check in time". */
export const topicOf = (fact: HomeFact): string => fact.replaceAll('_', ' ');

function factOf(reading: Reading): HomeFact | undefined {
  const facts = [...reading.tags].filter(tag => tag.startsWith('fact:'));
  const [fact] = facts;
  if (fact !== undefined) {
    const covered = isCovered(reading, [fact, 'which', 'where', 'can', 'guest', 'time', 'count', 'homes', 'pronoun']);
    return facts.length === 1 && covered ? (fact.slice('fact:'.length) as HomeFact) : undefined;
  }
  if (reading.tags.has('where')) return isCovered(reading, ['where']) ? 'address' : undefined;
  const asksRoom =
    hasAny(reading, 'can') && hasAny(reading, 'count') && hasAny(reading, 'guest') && hasAny(reading, 'stay');
  if (asksRoom) return isCovered(reading, ['can', 'count', 'guest', 'stay']) ? 'capacity' : undefined;
  // "when can guests check in" asks for the rule, "when does the guest check in" for a booking.
  const general = reading.tags.has('can') || !reading.tags.has('guest');
  const asksTime = hasAny(reading, 'time', 'arrival_time', 'departure_time');
  if (!general || !asksTime) return undefined;
  if (isCovered(reading, ['time', 'which', 'can', 'guest', 'arrive', 'arrival', 'arrival_time']))
    return 'check_in_time';
  return isCovered(reading, ['time', 'which', 'can', 'guest', 'depart', 'departure', 'departure_time'])
    ? 'check_out_time'
    : undefined;
}
