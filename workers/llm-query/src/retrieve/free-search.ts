import type { DayRange, Plan, SearchKind } from '@innkeeper/shared/domain/plan';
import { SearchKind as SearchKindSchema } from '@innkeeper/shared/domain/plan';
import type { Scope } from '@innkeeper/shared/domain/question';
import type { PointCondition, PointFilter } from '@innkeeper/shared/ports/vector-store';
import type { Booking } from '../evaluate/bookings.ts';
import type { Homes } from '../evaluate/homes.ts';
import { daysAnywhere } from '../evaluate/homes.ts';
import { asksForNewest } from '../free-text/newest-first.ts';
import { topicOf } from '../free-text/words.ts';
import { anyOf } from './record-filters.ts';

/** What a free question is searched in. Pure. */
export interface FreeSearch {
  /** The question as asked: what is near in meaning. */
  readonly question: string;
  /** Of it the words that tell what it is about. */
  readonly words: string;
  /** Words that say what is searched already: days, and that guests come or go. */
  readonly settled: readonly string[];
  readonly homes: readonly string[];
  readonly days: DayRange | undefined;
  /** Only of these guests; undefined for everybody. */
  readonly guests: MeantGuests | undefined;
  readonly kinds: readonly SearchKind[];
  /** Names of the chat rooms it is confined to; undefined for all that may be read. */
  readonly rooms: readonly string[] | undefined;
  /** The newest of what was said is asked for. */
  readonly newest: boolean;
}

/** Guests whom a question means by when they come, go or stay, or by name. */
export interface MeantGuests {
  readonly whose: 'arriving' | 'leaving' | 'staying' | 'named';
  readonly bookings: readonly Booking[];
}

/** What a free question may draw on. Interactions are history and never evidence; rooms for operations see no talk. */
export function freeSearchOf(
  plan: Extract<Plan, { kind: 'search' | 'home' }>,
  homes: Homes,
  scope: Exclude<Scope, 'none'>,
  guests?: MeantGuests,
): FreeSearch {
  const allowed = scope === 'full' ? EVIDENCE : OPERATIONS_EVIDENCE;
  if (plan.kind === 'home') {
    const everything = { settled: [], days: undefined, guests: undefined, rooms: undefined, newest: false };
    return { question: plan.topic, words: plan.topic, homes: plan.homes, kinds: allowed, ...everything };
  }
  const asked = (plan.kinds.length === 0 ? allowed : plan.kinds).filter(kind => allowed.includes(kind));
  const settled = [plan.when?.words ?? [], guests === undefined ? [] : STAY_WORDS].flat();
  return {
    question: plan.words,
    words: topicOf(plan.words, settled),
    settled,
    homes: plan.homes,
    days: plan.when === undefined ? undefined : daysAnywhere(plan.when, homes),
    guests,
    kinds: guests === undefined ? asked : asked.filter(kind => OF_GUESTS.includes(kind)),
    rooms: plan.rooms,
    newest: asksForNewest(plan.words),
  };
}

const EVIDENCE = SearchKindSchema.options.filter(kind => kind !== 'guest' && kind !== 'contact');
const OPERATIONS_EVIDENCE: readonly SearchKind[] = ['listing', 'task', 'calendar-block'];

/** How a question says that guests come, go or stay. */
const STAY_WORDS = [
  'arrive arrives arriving arrival arrivals arrived check checks checking checked in ins come comes coming',
  'leave leaves leaving left depart departs departing departure departures departed out outs',
  'stay stays staying stayed sleep sleeps sleeping house inhouse current currently stayover now night',
];

/** Kinds that belong to one booking or guest. */
const OF_GUESTS: readonly SearchKind[] = ['reservation', 'guest-message', 'call', 'text-message'];

/** Undefined where there is nothing to look in: only chat is asked for, and no room of it may be read. */
export function searchFilter(
  { homes, days, guests, kinds }: FreeSearch,
  rooms: ReadonlySet<string>,
): PointFilter | undefined {
  const records = kinds.filter(kind => kind !== 'chat-message');
  const halves: PointFilter[] = [];
  if (records.length > 0) {
    halves.push(guests === undefined ? recordFilter(records, homes, days) : guestsFilter(records, guests.bookings));
  }
  if (kinds.includes('chat-message') && rooms.size > 0) halves.push(chatFilter(rooms, days));
  const [only, other] = halves;
  if (only === undefined) return undefined;
  const living: PointCondition = { field: 'deleted', equals: false };
  return other === undefined
    ? { must: [living, ...(only.must ?? [])] }
    : { must: [living], should: halves.map(filter => ({ filter })) };
}

function recordFilter(kinds: readonly SearchKind[], homes: readonly string[], days: DayRange | undefined): PointFilter {
  const must: PointCondition[] = [{ field: 'kind', anyOf: kinds }];
  if (homes.length > 0) must.push({ field: 'listingIds', anyOf: homes });
  if (days !== undefined) {
    const overlapping: PointFilter = {
      must: [
        { field: 'checkInDate', range: { lte: days.to } },
        { field: 'checkOutDate', range: { gte: days.from } },
      ],
    };
    const happened: PointFilter = {
      must: [{ field: 'kind', anyOf: kinds.filter(kind => kind !== 'reservation') }, happenedOn(days)],
    };
    must.push({ filter: { should: [{ filter: overlapping }, { filter: happened }] } });
  }
  return { must };
}

/** Days and homes have chosen the bookings: what their guests said belongs to them whenever it was said. */
function guestsFilter(kinds: readonly SearchKind[], bookings: readonly Booking[]): PointFilter {
  const names = [...new Set(bookings.flatMap(({ guest }) => guest?.full ?? []))];
  const of = (kind: SearchKind, ...more: PointCondition[]): PointFilter[] =>
    kinds.includes(kind) ? [{ must: [{ field: 'kind', equals: kind }, ...more] }] : [];
  const spoke: PointCondition = { field: 'guestNames', anyOf: names };
  const belongs = anyOf(
    ...of('reservation', { field: 'docKey', anyOf: bookings.map(({ key }) => key) }),
    ...of('guest-message', { field: 'reservationId', anyOf: bookings.map(({ reservationId }) => reservationId) }),
    ...of('call', spoke),
    ...of('text-message', spoke),
  );
  return { must: [{ filter: belongs }] };
}

/** A message belongs to no home; which one it speaks of, its words say, and those of the question with it. */
const chatFilter = (rooms: ReadonlySet<string>, days: DayRange | undefined): PointFilter => ({
  must: [
    { field: 'kind', equals: 'chat-message' },
    { field: 'roomId', anyOf: [...rooms] },
    ...(days === undefined ? [] : [happenedOn(days)]),
  ],
});

/** A day's edge differs by zone; half a day either side covers every zone. */
const happenedOn = (days: DayRange): PointCondition => ({
  field: 'startsAt',
  range: { gte: shiftHours(`${days.from}T00:00:00Z`, -14), lt: shiftHours(`${days.to}T00:00:00Z`, 38) },
});

const shiftHours = (iso: string, hours: number): string =>
  new Date(Date.parse(iso) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');
