import type { Schemas } from '@qdrant/js-client-rest';
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
import type { QdrantQueries } from './qdrant-queries.ts';
import { toQdrantFilter } from './to-qdrant-filter.ts';
import { toVectorStoreError } from './vector-store-error.ts';

/** Reads Qdrant over HTTP; runs in Workers and in Node. Needs a read-only key only. */
export interface ReadableCollection {
  readonly client: QdrantQueries;
  /** Alias or collection. */
  readonly collection: string;
}

/** A page of payloads stays around 1 MB. */
const PAGE_POINTS = 250;

/** Candidates per list before fusion: several chunks of one document may stand in it, and six documents are wanted. */
const PREFETCH_POINTS = 30;

/**
 * Meaning against words. On the labelled questions of `bench/fusion.ts` 2 : 1 finds half of what is asked in other words
 * first, 1 : 1 a third; questions with a name or a code lose nothing, which meaning alone does.
 */
const FUSION_WEIGHTS = [2, 1] as const;
/** Qdrant's own. */
const RANK_CONSTANT = 2;

export function qdrantVectorReader({ client, collection }: ReadableCollection): VectorReader {
  async function scrollAll(
    filter: PointFilter,
    { maxPoints }: { maxPoints: number },
  ): Promise<Result<PointPayload[], VectorStoreError>> {
    const found: PointPayload[] = [];
    let offset: Schemas['ScrollResult']['next_page_offset'];
    do {
      let page: Awaited<ReturnType<QdrantQueries['scroll']>>;
      try {
        page = await client.scroll(collection, {
          filter: toQdrantFilter(filter),
          limit: Math.min(PAGE_POINTS, maxPoints + 1 - found.length),
          with_payload: true,
          ...(offset === undefined ? {} : { offset }),
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
    let answer: Awaited<ReturnType<QdrantQueries['queryGroups']>>;
    try {
      answer = await client.queryGroups(collection, {
        ...searchBody(query),
        group_by: 'docKey',
        group_size: 1,
        limit: query.limit,
        with_payload: true,
      });
    } catch (error) {
      return err(toVectorStoreError('query', error));
    }
    const best = answer.groups.flatMap(group => group.hits.slice(0, 1));
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
    query: { rrf: { k: RANK_CONSTANT, weights: [...FUSION_WEIGHTS] } },
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
