import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import type { DateUse } from '../dates/resolve-date.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf, type Reading } from '../reading.ts';
import { hasAny, isCovered, isOpenRange } from './coverage.ts';

/** Rules for lists of stays: arrivals, departures, who is there, turnovers, free homes. Each answers or stays silent. Pure. */

const subjects: readonly Tag[] = ['who', 'which', 'guest', 'homes', 'count'];
const arriving: readonly Tag[] = ['arrive', 'arrived', 'arrival', 'arrival_time'];
const departing: readonly Tag[] = ['depart', 'departed', 'departure', 'departure_time'];
const staying: readonly Tag[] = ['stay', 'stayed', 'in_house', 'occupied'];

const isPast = (reading: Reading): boolean => hasAny(reading, 'arrived', 'departed', 'stayed', 'was');

const formOf = (reading: Reading): 'list' | 'count' => (reading.tags.has('count') ? 'count' : 'list');

const knownDays = (asked: Asked, use: DateUse): When | undefined =>
  isOpenRange(asked.reading) ? undefined : onlyWhen(asked, use);

/** What a movement is read from: its own words and which of them are nouns that need no subject. */
type Movement = {
  readonly kind: 'arrivals' | 'departures';
  readonly own: readonly Tag[];
  readonly nouns: readonly Tag[];
  readonly past: Tag;
};

const movements: readonly Movement[] = [
  { kind: 'arrivals', own: arriving, nouns: ['arrival', 'arrival_time'], past: 'arrived' },
  { kind: 'departures', own: departing, nouns: ['departure', 'departure_time'], past: 'departed' },
];

/** "who sleeps where tonight": every list says where. */
const whereToo = (reading: Reading): readonly Tag[] => (hasAny(reading, 'who', 'guest') ? ['where'] : []);

/** "who is expected today" */
const expectedArrival = (reading: Reading): Movement | undefined =>
  reading.tags.has('expected') && hasAny(reading, 'who', 'guest') ? movements[0] : undefined;

/** "who is arriving and at what time do they come": they are the ones asked about, unless another thing is asked of them. */
function theyToo({ parts, tags }: Reading, own: readonly Tag[]): readonly Tag[] {
  const they = parts.findIndex(part => part.kind === 'tag' && part.tag === 'pronoun');
  const moving = parts.findIndex(part => part.kind === 'tag' && own.includes(part.tag));
  return tags.has('time') && moving >= 0 && moving < they ? ['pronoun'] : [];
}

export function readMovements(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const movement = movements.find(({ own }) => hasAny(reading, ...own)) ?? expectedArrival(reading);
  if (!movement || !saysWhoMoves(reading, movement) || asksHouseRule(reading)) return undefined;
  const allowed: readonly Tag[] = [
    ...subjects,
    ...movement.own,
    'time',
    'was',
    'expected',
    ...whereToo(reading),
    ...theyToo(reading, movement.own),
  ];
  if (!isCovered(reading, allowed) || reading.dates[0]?.expression.kind === 'nights') return undefined;
  const when = knownDays(asked, { unit: 'days', lean: isPast(reading) ? 'past' : 'near' });
  return when && { kind: movement.kind, when, homes: homesOf(reading), form: formOf(reading) };
}

function saysWhoMoves(reading: Reading, { nouns, past }: Movement): boolean {
  // "any homes left tonight" asks for free ones.
  if (reading.tags.has(past)) return hasAny(reading, 'who', 'guest');
  // "is Will arriving": a verb that someone does, and the someone is a word we took for another.
  const isAction = !hasAny(reading, ...nouns) && hasAny(reading, 'aux', 'was');
  return !isAction || hasAny(reading, ...subjects) || reading.homes.length > 0;
}

/** "what time is check-in" asks for the rule of the house, not for today's guests. */
const asksHouseRule = (reading: Reading): boolean =>
  reading.dates.length === 0 &&
  hasAny(reading, 'time', 'arrival_time', 'departure_time') &&
  !hasAny(reading, 'who', 'guest', 'count');

export function readInHouse(asked: Asked): Plan | undefined {
  const { reading } = asked;
  if (!speaksOfStays(reading) || !isCovered(reading, [...subjects, ...staying, 'now', 'was', ...whereToo(reading)]))
    return undefined;
  const kind = reading.dates[0]?.expression.kind;
  // Of a length or an open end it is not said which nights are meant.
  if (kind === 'since' || kind === 'until' || kind === 'nights') return undefined;
  const when = knownDays(asked, { unit: 'nights', lean: isPast(reading) ? 'past' : 'near' });
  return when && { kind: 'in_house', when, homes: homesOf(reading), form: formOf(reading) };
}

function speaksOfStays(reading: Reading): boolean {
  const someone = hasAny(reading, 'who', 'guest');
  // "who booked today" is about making a booking.
  if (reading.tags.has('occupied')) return !someone;
  if (hasAny(reading, 'stay')) return hasAny(reading, ...subjects);
  if (hasAny(reading, 'stayed', 'in_house')) return true;
  // "who is in", "guests tonight", "who do we have in Lisbon".
  return someone && (hasAny(reading, 'in', 'guest', 'which', 'count') || reading.homes.length > 0);
}

export function readTurnovers(asked: Asked): Plan | undefined {
  const { reading } = asked;
  if (!reading.tags.has('turnover') || !isCovered(reading, [...subjects, 'turnover', 'expected'])) return undefined;
  const when = knownDays(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'turnovers', when, homes: homesOf(reading), form: formOf(reading) };
}

const freeNights: DateUse = { unit: 'nights', lean: 'future' };

export function readFreeHomes(asked: Asked): Plan | undefined {
  const { reading } = asked;
  if (!reading.tags.has('free') || !isCovered(reading, ['free', 'which', 'homes', 'count', 'now'])) return undefined;
  if (reading.dates[0]?.expression.kind === 'since') return undefined;
  const when: When | undefined = knownDays(asked, freeNights);
  return when && { kind: 'free_homes', when, homes: homesOf(reading), form: formOf(reading) };
}

export function readOverview(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const both = hasAny(reading, ...arriving) && hasAny(reading, ...departing);
  const allowed: readonly Tag[] = [
    'overview',
    'who',
    'guest',
    ...(both ? ([...arriving, ...departing, 'time', 'count', 'expected'] as const) : []),
    'which',
    'homes',
  ];
  if (!isCovered(reading, allowed)) return undefined;
  const [date] = reading.dates;
  const dateAlone =
    date !== undefined && [...reading.tags].every(tag => tag === 'filler' || tag === 'prep' || tag === 'in');
  if (!reading.tags.has('overview') && !both && !dateAlone) return undefined;
  if (date?.expression.kind === 'nights') return undefined;
  const when = knownDays(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'overview', when, homes: homesOf(reading) };
}

export function readReadiness(asked: Asked): Plan | undefined {
  const { reading } = asked;
  if (!reading.tags.has('ready')) return undefined;
  if (!isCovered(reading, ['ready', 'which', 'homes', 'count', 'now', 'arrival', 'guest'])) return undefined;
  const when = knownDays(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'readiness', when, homes: homesOf(reading) };
}
