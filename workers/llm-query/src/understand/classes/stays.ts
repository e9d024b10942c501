import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import type { DateUse } from '../dates/resolve-date.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf, type Part, type Reading } from '../reading.ts';
import { hasAny, isCovered, isOpenRange } from './coverage.ts';
import { asksPeople } from './people.ts';
import { filterTags, onlyOf, stayFilterOf } from './stay-filter.ts';

/** Rules for lists of stays: arrivals, departures, who is there, turnovers. Each answers or stays silent. Pure. */

const subjects: readonly Tag[] = ['who', 'which', 'guest', 'homes', 'count', 'booking'];
const arriving: readonly Tag[] = ['arrive', 'arrived', 'arrival', 'arrival_time'];
const departing: readonly Tag[] = ['depart', 'departed', 'departure', 'departure_time'];
const staying: readonly Tag[] = ['stay', 'stayed', 'in_house', 'occupied'];

const isPast = (reading: Reading): boolean => hasAny(reading, 'arrived', 'departed', 'stayed', 'was');

export const formOf = (reading: Reading): 'list' | 'count' => (reading.tags.has('count') ? 'count' : 'list');

/** "how many guests arrive" counts people, "how many arrivals" stays, "how many nights" nights. */
function stayFormOf(reading: Reading): 'list' | 'count' | 'people' | 'nights' {
  if (hasAny(reading, 'nights_sum', 'how_long')) return 'nights';
  return asksPeople(reading) ? 'people' : formOf(reading);
}

export const knownDays = (asked: Asked, use: DateUse): When | undefined =>
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

/** "who arrives last today": the list is in order of time. */
const saysLast = ({ dates, tokens }: Reading): boolean =>
  dates.length > 0 && tokens.some(({ text }) => text === 'last' || text === 'latest');

/** "groups of more than 4 this week" */
const namesOnlyParties = (reading: Reading): boolean =>
  reading.limits.length === 1 &&
  reading.limits[0]?.kind === 'party' &&
  reading.dates.length > 0 &&
  !hasAny(reading, ...staying, 'booking');

/** "who is expected today" */
const expectedArrival = (reading: Reading): Movement | undefined =>
  hasAny(reading, 'who', 'guest', 'only:children', 'only:pets') &&
  (hasAny(reading, 'expected') || isLateTonight(reading) || isBringing(reading))
    ? movements[0]
    : undefined;

/** "anyone late tonight" */
const isLateTonight = ({ tags, dates }: Reading): boolean => tags.has('late') && dates.length > 0;

/** "is anyone bringing kids tomorrow" */
const isBringing = ({ parts, tokens }: Reading): boolean =>
  parts.some(
    part => part.kind === 'tag' && part.tag.startsWith('only:') && tokens[part.from]?.text.startsWith('bring') === true,
  );

/** "who is arriving and at what time do they come": they are the ones asked about, unless another thing is asked of them. */
function theyToo({ parts, tags }: Reading, own: readonly Tag[]): readonly Tag[] {
  const they = parts.findIndex(part => part.kind === 'tag' && part.tag === 'pronoun');
  const moving = parts.findIndex(part => part.kind === 'tag' && own.includes(part.tag));
  return tags.has('time') && moving >= 0 && moving < they ? ['pronoun'] : [];
}

export function readMovements(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const movement =
    movements.find(({ own }) => hasAny(reading, ...own)) ??
    (namesOnlyParties(reading) ? movements[0] : expectedArrival(reading));
  if (!movement || !saysWhoMoves(reading, movement) || asksHouseRule(reading)) return undefined;
  const allowed: readonly Tag[] = [
    ...subjects,
    ...movement.own,
    'time',
    'was',
    'expected',
    ...filterTags,
    ...whereToo(reading),
    ...theyToo(reading, movement.own),
    ...nightsToo(reading, movement),
    ...(saysLast(reading) ? (['previous'] as const) : []),
  ];
  if (!isCovered(reading, allowed, { limits: reading.limits.length })) return undefined;
  const filter = stayFilterOf(reading, movement.kind);
  if (!filter || reading.dates[0]?.expression.kind === 'nights') return undefined;
  const when = knownDays(
    asked,
    isPast(reading) ? { unit: 'days', lean: 'past' } : { unit: 'days', lean: 'near', openEnd: true },
  );
  return when && { kind: movement.kind, when, homes: homesOf(reading), form: stayFormOf(reading), ...onlyOf(filter) };
}

/** "how many nights do tomorrow's arrivals stay" */
const nightsToo = (reading: Reading, { nouns }: Movement): readonly Tag[] =>
  hasAny(reading, 'nights_sum', 'how_long') && (hasAny(reading, ...nouns) || hasAny(reading, 'guest'))
    ? ['nights_sum', 'how_long', 'stay']
    : [];

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
  const allowed: readonly Tag[] = [...subjects, ...staying, 'now', 'was', ...filterTags, ...whereToo(reading)];
  const sums: readonly Tag[] =
    hasAny(reading, 'nights_sum') || asksNightsTaken(reading) ? ['nights_sum', 'how_long'] : [];
  const over: readonly Tag[] = isOverPeriod(reading) ? ['stay_over'] : [];
  if (!speaksOfStays(reading) || !isCovered(reading, [...allowed, ...sums, ...over], { limits: reading.limits.length }))
    return undefined;
  const filter = stayFilterOf(reading, 'in_house');
  if (!filter) return undefined;
  const kind = reading.dates[0]?.expression.kind;
  // Of a length or an open end it is not said which nights are meant.
  if (kind === 'since' || kind === 'until' || kind === 'nights') return undefined;
  const when = knownDays(asked, { unit: 'nights', lean: isPast(reading) ? 'past' : 'near' });
  return when && { kind: 'in_house', when, homes: homesOf(reading), form: stayFormOf(reading), ...onlyOf(filter) };
}

/** "how many nights is the Blue Flat booked in December" */
const asksNightsTaken = (reading: Reading): boolean =>
  hasAny(reading, 'how_long') && hasAny(reading, 'occupied') && reading.dates.length > 0;

function speaksOfStays(reading: Reading): boolean {
  const someone = hasAny(reading, 'who', 'guest');
  if (hasAny(reading, 'nights_sum') || isOverPeriod(reading)) return true;
  // "who booked today" is about making a booking.
  if (reading.tags.has('occupied')) return !someone;
  if (hasAny(reading, 'stay')) return hasAny(reading, ...subjects);
  if (hasAny(reading, 'stayed', 'in_house')) return true;
  // "who is in", "guests tonight", "who do we have in Lisbon".
  return someone && (hasAny(reading, 'in', 'guest', 'which', 'count') || reading.homes.length > 0);
}

const overWords: ReadonlySet<string> = new Set(['over', 'overs']);

/** "who stays over New Year" is there at New Year; "who stays over tonight" was there yesterday and will be tomorrow. */
const isOverPeriod = ({ parts, tokens }: Reading): boolean =>
  parts.some((part, at) => {
    const next = parts.slice(at + 1).find(following => !(following.kind === 'tag' && following.tag === 'filler'));
    const isOver = part.kind === 'tag' && part.tag === 'stay_over' && overWords.has(tokens[part.to - 1]?.text ?? '');
    if (!isOver || next?.kind !== 'date') return false;
    const { expression } = next.span;
    return expression.kind !== 'day' || expression.day.kind === 'holiday';
  });

export function readStayOvers(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const neither: readonly Tag[] = saysNeither(reading) ? ['not', 'still', 'arrive', 'depart'] : [];
  if ((!reading.tags.has('stay_over') && neither.length === 0) || isOverPeriod(reading)) return undefined;
  if (!isCovered(reading, [...subjects, 'stay_over', 'now', ...neither])) return undefined;
  const when = knownDays(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'stay_overs', when, homes: homesOf(reading), form: stayFormOf(reading) };
}

const neitherWords: ReadonlySet<string> = new Set('neither|weder|ni|nem'.split('|'));

/** "who neither arrives nor leaves", "qui n'arrive pas et ne part pas" */
const saysNeither = ({ tags, tokens, parts }: Reading): boolean =>
  tokens.some(token => neitherWords.has(token.text))
    ? tags.has('stay_over') || (tags.has('arrive') && tags.has('depart'))
    : tags.has('arrive') &&
      tags.has('depart') &&
      parts.filter(part => part.kind === 'tag' && part.tag === 'not').length > 1;

export function readLongestStay(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const allowed: readonly Tag[] = [
    'longest',
    'who',
    'which',
    'guest',
    'homes',
    'stay',
    'stayed',
    'booking',
    'now',
    'was',
    'in_house',
    'occupied',
  ];
  if (!reading.tags.has('longest') || !isCovered(reading, allowed)) return undefined;
  const when = knownDays(asked, { unit: 'days', lean: isPast(reading) ? 'past' : 'near' });
  return when && { kind: 'longest_stay', when, homes: homesOf(reading) };
}

export function readTurnovers(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const both = isOneOfEach(reading);
  const own: readonly Tag[] = both ? ['turnover', 'with', 'where', ...arriving, ...departing] : ['turnover', 'where'];
  if (!both && !reading.tags.has('turnover')) return undefined;
  if (!isCovered(reading, [...subjects, ...own, 'expected'])) return undefined;
  const when = knownDays(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'turnovers', when, homes: homesOf(reading), form: formOf(reading) };
}

const severalWords: ReadonlySet<string> = new Set('arrivals|departures|ins|outs|checkins|checkouts'.split('|'));

/** "which homes have a departure and an arrival", "where is a check-out and a check-in on the same day". */
function isOneOfEach(reading: Reading): boolean {
  const both = hasAny(reading, ...arriving) && hasAny(reading, ...departing);
  if (!both || reading.tokens.some(token => severalWords.has(token.text))) return false;
  const moves = (part: Part): boolean =>
    part.kind === 'tag' && (arriving.includes(part.tag) || departing.includes(part.tag));
  const before = reading.parts.slice(0, reading.parts.findIndex(moves));
  return reading.tags.has('turnover') || before.some(part => part.kind === 'tag' && part.tag === 'homes');
}

export function readOverview(asked: Asked): Plan | undefined {
  const { reading } = asked;
  const both = hasAny(reading, ...arriving) && hasAny(reading, ...departing);
  const allowed: readonly Tag[] = [
    'overview',
    'who',
    'guest',
    'expected',
    ...(both ? ([...arriving, ...departing, 'time', 'count'] as const) : []),
    'fact:check_in_and_check_out_time',
    'which',
    'homes',
    ...(reading.tags.has('overview') ? (['how', 'departure', 'arrival'] as const) : []),
  ];
  if (!isCovered(reading, allowed)) return undefined;
  const [date] = reading.dates;
  const dateAlone = date !== undefined && asksOnlyWhat(reading);
  if (!hasAny(reading, 'overview', 'fact:check_in_and_check_out_time') && !both && !dateAlone) return undefined;
  if (date?.expression.kind === 'nights') return undefined;
  const when = knownDays(asked, { unit: 'days', lean: 'near' });
  return when && { kind: 'overview', when, homes: homesOf(reading) };
}

const whatWords: ReadonlySet<string> = new Set('was|que|qu|quoi|o|on'.split('|'));
const besideDates: readonly Tag[] = ['filler', 'prep', 'in', 'aux', 'expected'];

/** A date alone, or "was haben wir morgen": what there is, of nothing in particular. */
const asksOnlyWhat = ({ parts, tokens }: Reading): boolean => {
  const rest = parts.filter(part => part.kind !== 'date' && part.kind !== 'home');
  const isWhat = (part: Part): boolean =>
    part.kind === 'tag' && part.tag === 'which' && whatWords.has(tokens[part.from]?.text ?? '');
  const isBare = rest.every(part => part.kind === 'tag' && ['filler', 'prep', 'in'].includes(part.tag));
  return (
    isBare ||
    (rest.some(isWhat) && rest.every(part => isWhat(part) || (part.kind === 'tag' && besideDates.includes(part.tag))))
  );
};
