import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { PointFilter, VectorReader } from '@innkeeper/shared/ports/vector-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { Homes } from '../evaluate/homes.ts';
import { bestFits } from '../evaluate/match-name.ts';
import { embedQuery, hybridSearch } from './hybrid-search.ts';
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
  const filter: PointFilter = {
    must: [
      { field: 'deleted', equals: false },
      { field: 'kind', equals: 'reservation' },
    ],
  };
  const dense = await embedQuery(name, ports.embedder);
  const found = await hybridSearch({ text: name, filter, limit: NAME_HITS_MAX }, dense, ports.vectors);
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
