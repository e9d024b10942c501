import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { PointFilter, VectorReader } from '@innkeeper/shared/ports/vector-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Homes } from '../evaluate/homes.ts';
import { bestFits } from '../evaluate/match-name.ts';
import type { Gaps } from '../evaluate/snapshot.ts';
import { furtherFilter } from './further-filter.ts';
import { embedQuery, hybridSearch } from './hybrid-search.ts';
import type { NewestRecords } from './newest-records.ts';
import { readNewest } from './newest-records.ts';
import { planFilter, recentBookings } from './plan-filter.ts';
import type { RecordReader } from './read-records.ts';
import { readCited } from './read-records.ts';
import type { RetrievalError } from './retrieval-error.ts';
import { fromVectorStoreError } from './retrieval-error.ts';

/** Finds what a plan needs and re-reads it from Firestore. What must be complete is read to the end. I/O. */
export interface RetrievalPorts extends RecordReader {
  readonly vectors: VectorReader;
  readonly embedder: Embedder;
}

/**
 * A thousand homes turning over on one day, and each reservation in two chunks, are still below this; beyond it the
 * question is too wide for a chat message and the answer says so.
 */
const POINTS_MAX = 5_000;
/** Namesakes: more than this many bookings under one name are one guest's history. */
const NAME_HITS_MAX = 50;

/** What a plan's answer is decided from, and how complete that is. */
export interface Retrieved {
  readonly records: readonly BusinessRecord[];
  readonly gaps: Gaps;
}

/**
 * The index says which records can matter, Firestore what they say; and what Firestore took in so lately that the index
 * may not have it yet is read beside it. A plan that needs no records reads none.
 */
export async function retrieve(
  plan: Plan,
  homes: Homes,
  ports: RetrievalPorts,
): Promise<Result<Retrieved, RetrievalError>> {
  const found = findPoints(plan, homes, ports);
  if (found === undefined) return ok({ records: [], gaps: { unread: 0, isNewestMissing: false } });
  const [cited, newest] = await Promise.all([
    found.then(points => (points.ok ? readCited(ports, points.value) : points)),
    newestWithTheirs(ports, homes.askedAtMs),
  ]);
  if (!cited.ok) return cited;
  if (!newest.ok) return newest;
  const records = latestOf([...newest.value.records, ...cited.value.records]);
  const gaps = { unread: cited.value.unread, isNewestMissing: newest.value.isCut };

  const further = furtherFilter(plan, { homes, records });
  if (further === undefined) return ok({ records, gaps });
  const besides = await scroll(further, ports);
  if (!besides.ok) return besides;
  const more = await readCited(ports, besides.value);
  if (!more.ok) return more;
  return ok({
    records: latestOf([...records, ...more.value.records]),
    gaps: { ...gaps, unread: gaps.unread + more.value.unread },
  });
}

/** With the guests of new bookings, and the bookings of new messages and tasks. */
async function newestWithTheirs(
  ports: RetrievalPorts,
  askedAtMs: number,
): Promise<Result<NewestRecords, RetrievalError>> {
  const newest = await readNewest(ports, askedAtMs);
  if (!newest.ok) return newest;
  const theirs = await readCited(ports, [], newest.value.records);
  if (!theirs.ok) return theirs;
  return ok({ ...newest.value, records: [...theirs.value.records, ...newest.value.records] });
}

/** Each record once, as it was read last. */
const latestOf = (records: readonly BusinessRecord[]): BusinessRecord[] => [
  ...new Map(records.map(record => [record.key, record])).values(),
];

function findPoints(
  plan: Plan,
  homes: Homes,
  ports: RetrievalPorts,
): Promise<Result<PointPayload[], RetrievalError>> | undefined {
  const filter = planFilter(plan, homes);
  if (filter !== undefined) return scroll(filter, ports);
  const isByName =
    plan.kind === 'guest' || plan.kind === 'not_shown' || plan.kind === 'early_check_in' || plan.kind === 'stay_longer';
  return isByName && plan.name !== undefined ? pointsNamed(plan.name, homes, ports) : undefined;
}

async function scroll(
  filter: PointFilter,
  { vectors }: RetrievalPorts,
): Promise<Result<PointPayload[], RetrievalError>> {
  const points = await vectors.scrollAll(filter, { maxPoints: POINTS_MAX });
  return points.ok ? points : err(fromVectorStoreError(points.error));
}

/** Bookings under a name or code: those the index finds by it, or, where it is misspelt, those around today. */
async function pointsNamed(
  name: string,
  homes: Homes,
  ports: RetrievalPorts,
): Promise<Result<PointPayload[], RetrievalError>> {
  const filter: PointFilter = {
    must: [
      { field: 'deleted', equals: false },
      { field: 'kind', equals: 'reservation' },
    ],
  };
  const dense = await embedQuery(name, ports.embedder);
  const found = await hybridSearch({ text: name, filter, limit: NAME_HITS_MAX }, dense, ports.vectors);
  if (!found.ok) return found;
  const coded = found.value.filter(({ title }) => title.toLowerCase().startsWith(`booking ${name.toLowerCase()}:`));
  if (coded.length > 0) return ok(coded);
  const named = bestFits(name, found.value, guestOf);
  if (named.length > 0) return ok(named);
  const recent = await scroll(recentBookings(homes), ports);
  return recent.ok ? ok(bestFits(name, recent.value, guestOf)) : recent;
}

const guestOf = ({ guestNames }: PointPayload): string => guestNames.join(' ');
