import type { QdrantClient, Schemas } from '@qdrant/js-client-rest';
import { DENSE_VECTOR, PointPayload, SPARSE_VECTOR } from '../../contracts/point-payload.ts';
import type {
  HybridQuery,
  PointFilter,
  ScoredPoint,
  VectorReader,
  VectorStoreError,
} from '../../ports/vector-store.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { bm25Document } from './bm25-document.ts';
import { toQdrantFilter } from './to-qdrant-filter.ts';
import { toVectorStoreError } from './vector-store-error.ts';

/** Reads Qdrant over HTTP with the official client; runs in Workers and in Node. Needs a read-only key only. */
export interface QdrantCollection {
  readonly client: QdrantClient;
  /** Alias or collection. */
  readonly collection: string;
}

/** A page of payloads stays around 1 MB. */
const PAGE_POINTS = 250;

/** Candidates per list before fusion: several chunks of one document may stand in it, and six documents are wanted. */
const PREFETCH_POINTS = 30;

export function qdrantVectorReader({ client, collection }: QdrantCollection): VectorReader {
  async function scrollAll(
    filter: PointFilter,
    { maxPoints }: { maxPoints: number },
  ): Promise<Result<PointPayload[], VectorStoreError>> {
    const found: PointPayload[] = [];
    let offset: Schemas['ScrollResult']['next_page_offset'];
    do {
      let page: Schemas['ScrollResult'];
      try {
        page = await client.scroll(collection, {
          filter: toQdrantFilter(filter),
          limit: Math.min(PAGE_POINTS, maxPoints + 1 - found.length),
          with_payload: true,
          ...(offset === undefined ? {} : { offset: offset as Schemas['ExtendedPointId'] }),
        });
      } catch (error) {
        return err(toVectorStoreError('scroll', error));
      }
      const payloads = parsePayloads(page.points);
      if (!payloads.ok) return payloads;
      found.push(...payloads.value);
      if (found.length > maxPoints) return err({ kind: 'too_many', detail: `more than ${maxPoints} points match` });
      offset = page.next_page_offset ?? undefined;
    } while (offset !== undefined);
    return ok(found);
  }

  async function hybridSearch(query: HybridQuery): Promise<Result<ScoredPoint[], VectorStoreError>> {
    let groups: Schemas['PointGroup'][];
    try {
      const answer = await client.queryGroups(collection, {
        ...searchBody(query),
        group_by: 'docKey',
        group_size: 1,
        limit: query.limit,
        with_payload: true,
      });
      groups = answer.groups;
    } catch (error) {
      return err(toVectorStoreError('query', error));
    }
    const best = groups.flatMap(group => group.hits.slice(0, 1));
    const payloads = parsePayloads(best);
    if (!payloads.ok) return payloads;
    return ok(payloads.value.map((payload, index) => ({ payload, score: best[index]?.score ?? 0 })));
  }

  return { scrollAll, hybridSearch };
}

/** One list alone needs no fusion. The filter stands in every list, so that no list is filled with what it excludes. */
function searchBody({ text, dense, filter, limit }: HybridQuery): Schemas['QueryRequest'] {
  const sparse = { query: bm25Document(text), using: SPARSE_VECTOR, filter: toQdrantFilter(filter) };
  if (dense === undefined) return sparse;
  const candidates = Math.max(PREFETCH_POINTS, limit);
  return {
    prefetch: [
      { query: [...dense], using: DENSE_VECTOR, filter: sparse.filter, limit: candidates },
      { ...sparse, limit: candidates },
    ],
    query: { fusion: 'rrf' },
  };
}

/** A payload this version cannot read means that writer and reader were deployed apart. */
function parsePayloads(points: readonly { payload?: unknown }[]): Result<PointPayload[], VectorStoreError> {
  const payloads: PointPayload[] = [];
  for (const point of points) {
    const parsed = PointPayload.safeParse(point.payload);
    if (!parsed.success)
      return err({ kind: 'misconfigured', detail: 'a stored payload has another form than version 1' });
    payloads.push(parsed.data);
  }
  return ok(payloads);
}
