import type { DayRange, Plan, SearchKind } from '@innkeeper/shared/domain/plan';
import { SearchKind as SearchKindSchema } from '@innkeeper/shared/domain/plan';
import type { Scope } from '@innkeeper/shared/domain/question';
import type { PointCondition, PointFilter } from '@innkeeper/shared/ports/vector-store';
import type { Homes } from '../evaluate/homes.ts';
import { daysAnywhere } from '../evaluate/homes.ts';

/** What a free question is searched in. Pure. */
export interface FreeSearch {
  readonly words: string;
  readonly homes: readonly string[];
  readonly days: DayRange | undefined;
  readonly kinds: readonly SearchKind[];
  /** Names of the chat rooms it is confined to; undefined for all that may be read. */
  readonly rooms: readonly string[] | undefined;
}

/** What a free question may draw on. Interactions are history and never evidence; rooms for operations see no talk. */
export function freeSearchOf(
  plan: Extract<Plan, { kind: 'search' | 'home' }>,
  homes: Homes,
  scope: Exclude<Scope, 'none'>,
): FreeSearch {
  const allowed = scope === 'full' ? EVIDENCE : OPERATIONS_EVIDENCE;
  if (plan.kind === 'home') {
    return { words: plan.topic, homes: plan.homes, days: undefined, kinds: allowed, rooms: undefined };
  }
  const asked = plan.kinds.filter(kind => allowed.includes(kind));
  return {
    words: plan.words,
    homes: plan.homes,
    days: plan.when === undefined ? undefined : daysAnywhere(plan.when, homes),
    kinds: plan.kinds.length === 0 ? allowed : asked,
    rooms: plan.rooms,
  };
}

const EVIDENCE = SearchKindSchema.options.filter(kind => kind !== 'guest' && kind !== 'contact');
const OPERATIONS_EVIDENCE: readonly SearchKind[] = ['listing', 'task', 'calendar-block'];

/** Undefined where there is nothing to look in: only chat is asked for, and no room of it may be read. */
export function searchFilter({ homes, days, kinds }: FreeSearch, rooms: ReadonlySet<string>): PointFilter | undefined {
  const records = kinds.filter(kind => kind !== 'chat-message');
  const halves: PointFilter[] = [];
  if (records.length > 0) halves.push(recordFilter(records, homes, days));
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
