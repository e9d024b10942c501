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
  if (hasAny(reading, 'previous', 'was', 'stayed') || isJustLeft(reading)) {
    return isCovered(reading, [...peopleWords, 'previous', 'was', 'stayed', 'depart', 'departed', 'stay'])
      ? 'previous'
      : undefined;
  }
  if (hasAny(reading, 'arrive', 'arrival_time'))
    return isCovered(reading, [...peopleWords, 'arrive', 'arrival_time']) ? 'next' : undefined;
  return isCovered(reading, [...peopleWords, ...stay, 'depart', 'departure_time', 'pronoun', 'still'])
    ? 'current'
    : undefined;
}

/** "who just left the Blue Flat" */
const isJustLeft = ({ tags, tokens }: Reading): boolean =>
  tags.has('departed') && tokens.some(({ text }) => text === 'just');

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

/** "how many (people) does the Garden Studio sleep", "Casa Verde sleeps how many": the verb is the home's. */
const sleeps = ({ tags, tokens, homes }: Reading): boolean =>
  tokens.some(({ text }, at) => /^sleeps?$/u.test(text) && (!tags.has('guest') || homes.some(({ to }) => to <= at)));

/** "by when do guests need to be out", read as one phrase. */
const saysMust = ({ tokens }: Reading): boolean =>
  tokens.some(({ text }, at) => /^(?:needs?|ha(?:ve|s))$/u.test(text) && tokens[at + 1]?.text === 'to');

/** "how many rooms does Casa Verde have" */
const asksBedrooms = (reading: Reading): boolean =>
  reading.tags.has('count') &&
  reading.homes.every(({ meaning }) => meaning === 'one') &&
  isCovered(reading, ['count', 'homes', 'which']) &&
  reading.tokens.some(({ text }) => text === 'rooms') &&
  reading.tokens.some(({ text }) => /^(?:has|have|in)$/u.test(text));

/** "what's the deal with the parking", "how does the wifi work", "is parking free" */
const aroundFacts: readonly Tag[] = [
  'which',
  'where',
  'can',
  'guest',
  'time',
  'count',
  'homes',
  'pronoun',
  'find',
  'how',
  'possible',
  'free',
  'overview',
];

/** "how much is the parking", "did the guest find the parking" */
const asksMore = ({ tokens, tags }: Reading): boolean =>
  tokens.some(({ text }) => text === 'much' || text === 'find') && !tags.has('where');

function factOf(reading: Reading): HomeFact | undefined {
  const facts = [...reading.tags].filter(tag => tag.startsWith('fact:'));
  const [fact] = facts;
  if (fact !== undefined) {
    return facts.length === 1 && isCovered(reading, [fact, ...aroundFacts]) && !asksMore(reading)
      ? (fact.slice('fact:'.length) as HomeFact)
      : undefined;
  }
  if (reading.tags.has('where')) return isCovered(reading, ['where']) ? 'address' : undefined;
  if (asksBedrooms(reading)) return 'bedrooms';
  const asksRoom =
    hasAny(reading, 'count') &&
    hasAny(reading, 'stay') &&
    (hasAny(reading, 'can') ? hasAny(reading, 'guest') : sleeps(reading));
  if (asksRoom) return isCovered(reading, ['can', 'count', 'guest', 'stay']) ? 'capacity' : undefined;
  // "when can guests check in" asks for the rule, "when does the guest check in" for a booking.
  const general = reading.tags.has('can') || !reading.tags.has('guest') || saysMust(reading);
  const asksTime = hasAny(reading, 'time', 'arrival_time', 'departure_time');
  if (!general || !asksTime) return undefined;
  const they: readonly Tag[] = reading.tags.has('can') ? ['pronoun'] : [];
  if (isCovered(reading, ['time', 'which', 'can', 'guest', 'arrive', 'arrival', 'arrival_time', ...they]))
    return 'check_in_time';
  return isCovered(reading, ['time', 'which', 'can', 'guest', 'depart', 'departure', 'departure_time', ...they])
    ? 'check_out_time'
    : undefined;
}
