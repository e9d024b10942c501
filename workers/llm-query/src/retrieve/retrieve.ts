import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { RecordKind } from '@innkeeper/shared/domain/ids';
import type { DayRange, Plan } from '@innkeeper/shared/domain/plan';
import type { Scope } from '@innkeeper/shared/domain/question';
import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { HybridQuery, PointCondition, PointFilter, VectorReader } from '@innkeeper/shared/ports/vector-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { EMBED_MAX_MS } from '../deadline.ts';
import type { Homes } from '../evaluate/homes.ts';
import { daysAnywhere } from '../evaluate/homes.ts';
import { bestFits } from '../evaluate/match-name.ts';
import { planFilter, recentBookings } from './plan-filter.ts';
import type { RecordReader } from './read-records.ts';
import { readCited } from './read-records.ts';
import type { RetrievalError } from './retrieval-error.ts';
import { fromVectorStoreError } from './retrieval-error.ts';

/** Finds what a plan needs and re-reads it from Firestore. What must be complete is read to the end. I/O through ports. */
export interface RetrievalPorts extends RecordReader {
  readonly vectors: VectorReader;
  readonly embedder: Embedder;
}

/**
 * A thousand homes turning over on one day, and each reservation in two chunks, are still below this; beyond it the
 * question is too wide for a chat message and the answer says so.
 */
const POINTS_MAX = 5_000;
/** Passages a model can weigh within its time, and a person reads. */
const SEARCH_HITS_MAX = 12;
/** Namesakes: more than this many bookings under one name are one guest's history. */
const NAME_HITS_MAX = 50;

/** Records a plan's answer is decided from, in order of relevance where there is one. */
export async function retrieve(
  plan: Plan,
  homes: Homes,
  ports: RetrievalPorts,
): Promise<Result<BusinessRecord[], RetrievalError>> {
  const filter = planFilter(plan, homes);
  if (filter !== undefined) {
    const points = await ports.vectors.scrollAll(filter, { maxPoints: POINTS_MAX });
    return points.ok ? readCited(ports, points.value) : err(fromVectorStoreError(points.error));
  }
  if (plan.kind === 'guest') return bookingsNamed(plan.name, homes, ports);
  if (plan.kind === 'not_shown' && plan.name !== undefined) return bookingsNamed(plan.name, homes, ports);
  return ok([]);
}

/** Bookings under a name: those the index finds by it, or, for a misspelt one, those of the weeks around today. */
async function bookingsNamed(
  name: string,
  homes: Homes,
  ports: RetrievalPorts,
): Promise<Result<BusinessRecord[], RetrievalError>> {
  const found = await hybridSearch(
    name,
    {
      must: [
        { field: 'deleted', equals: false },
        { field: 'kind', equals: 'reservation' },
      ],
    },
    NAME_HITS_MAX,
    ports,
  );
  if (!found.ok) return found;
  const named = bestFits(name, found.value, point => point.guestNames.join(' '));
  if (named.length > 0) return readCited(ports, named);
  const recent = await ports.vectors.scrollAll(recentBookings(homes), { maxPoints: POINTS_MAX });
  if (!recent.ok) return err(fromVectorStoreError(recent.error));
  return readCited(
    ports,
    bestFits(name, recent.value, point => point.guestNames.join(' ')),
  );
}

export interface FreeSearch {
  readonly words: string;
  readonly homes: readonly string[];
  readonly days: DayRange | undefined;
  readonly kinds: readonly RecordKind[];
}

/** What a free question may draw on. Interactions are history and never evidence; rooms for operations see no talk. */
export function freeSearchOf(
  plan: Extract<Plan, { kind: 'search' | 'home' }>,
  homes: Homes,
  scope: Exclude<Scope, 'none'>,
): FreeSearch {
  const allowed: readonly RecordKind[] = scope === 'full' ? EVIDENCE : OPERATIONS_EVIDENCE;
  if (plan.kind === 'home') {
    return { words: plan.topic, homes: plan.homes, days: undefined, kinds: allowed };
  }
  const asked = plan.kinds.filter(kind => allowed.includes(kind));
  return {
    words: plan.words,
    homes: plan.homes,
    days: plan.when === undefined ? undefined : daysAnywhere(plan.when, homes),
    kinds: plan.kinds.length === 0 ? allowed : asked,
  };
}

const EVIDENCE: readonly RecordKind[] = [
  'reservation',
  'calendar-block',
  'listing',
  'guest-message',
  'task',
  'call',
  'text-message',
];
const OPERATIONS_EVIDENCE: readonly RecordKind[] = ['listing', 'task', 'calendar-block'];

export interface SearchedRecords {
  /** What the search found, best first. */
  readonly cited: readonly BusinessRecord[];
  /** With what was read beside it to name guests and bookings. */
  readonly all: readonly BusinessRecord[];
}

export async function searchRecords(
  search: FreeSearch,
  ports: RetrievalPorts,
): Promise<Result<SearchedRecords, RetrievalError>> {
  if (search.kinds.length === 0) return ok({ cited: [], all: [] });
  const found = await hybridSearch(search.words, searchFilter(search), SEARCH_HITS_MAX, ports);
  if (!found.ok) return found;
  const records = await readCited(ports, found.value);
  if (!records.ok) return records;
  const byKey = new Map<string, BusinessRecord>(records.value.map(record => [record.key, record]));
  return ok({ cited: found.value.flatMap(point => byKey.get(point.docKey) ?? []), all: records.value });
}

function searchFilter({ homes, days, kinds }: FreeSearch): PointFilter {
  const must: PointCondition[] = [
    { field: 'deleted', equals: false },
    { field: 'kind', anyOf: kinds },
  ];
  if (homes.length > 0) must.push({ field: 'listingIds', anyOf: homes });
  if (days !== undefined) {
    const from = `${days.from}T00:00:00Z`;
    const overlapping: PointFilter = {
      must: [
        { field: 'checkInDate', range: { lte: days.to } },
        { field: 'checkOutDate', range: { gte: days.from } },
      ],
    };
    const happened: PointFilter = {
      must: [
        { field: 'kind', anyOf: kinds.filter(kind => kind !== 'reservation') },
        // A day's edge differs by zone; half a day either side covers every zone.
        { field: 'startsAt', range: { gte: shiftHours(from, -14), lt: shiftHours(`${days.to}T00:00:00Z`, 38) } },
      ],
    };
    must.push({ filter: { should: [{ filter: overlapping }, { filter: happened }] } });
  }
  return { must };
}

const shiftHours = (iso: string, hours: number): string =>
  new Date(Date.parse(iso) + hours * 3_600_000).toISOString().replace('.000Z', 'Z');

async function hybridSearch(
  text: string,
  filter: PointFilter,
  limit: number,
  ports: RetrievalPorts,
): Promise<Result<PointPayload[], RetrievalError>> {
  const dense = await embedQuery(text, ports.embedder);
  const query: HybridQuery = { text, filter, limit, ...(dense === undefined ? {} : { dense }) };
  const found = await ports.vectors.hybridSearch(query);
  if (!found.ok) return err(fromVectorStoreError(found.error));
  return ok(found.value.map(point => point.payload));
}

/** Without a vector the words alone still find most things, so a slow or failing embedder costs recall, not the answer. */
async function embedQuery(text: string, embedder: Embedder): Promise<number[] | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(late.resolve, EMBED_MAX_MS);
  const embedded = await Promise.race([embedder.embed([text], 'query'), late.promise]);
  clearTimeout(timer);
  return embedded?.ok === true ? embedded.value[0] : undefined;
}
