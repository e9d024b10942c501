import type { QdrantClient, Schemas } from '@qdrant/js-client-rest';
import { DENSE_VECTOR, SPARSE_VECTOR } from '../../contracts/point-payload.ts';
import type { PointFilter, PointWrite, VectorStoreError, VectorWriter } from '../../ports/vector-store.ts';
import { err, ok, type Result } from '../../result/result.ts';
import { bm25Document } from './bm25-document.ts';
import { qdrantVectorReader } from './qdrant-vector-reader.ts';
import { isUnconstrained, toQdrantFilter } from './to-qdrant-filter.ts';
import { toVectorStoreError } from './vector-store-error.ts';

/** 64 points of 1,024 numbers are about 1 MB of JSON, far under the server's 32 MB and quick to repeat. */
const BATCH_POINTS = 64;

/** The official client, and an alias or a collection. */
export interface QdrantCollection {
  readonly client: QdrantClient;
  readonly collection: string;
}

/** Writes to Qdrant over HTTP. Every write waits until it is applied, and repeating any of them changes nothing. */
export function qdrantVectorWriter({ client, collection }: QdrantCollection): VectorWriter {
  async function applied(operation: string, call: () => Promise<unknown>): Promise<Result<void, VectorStoreError>> {
    try {
      await call();
      return ok(undefined);
    } catch (error) {
      return err(toVectorStoreError(operation, error));
    }
  }

  async function upsert(points: readonly PointWrite[]): Promise<Result<void, VectorStoreError>> {
    for (let from = 0; from < points.length; from += BATCH_POINTS) {
      const operations = guardedUpserts(points.slice(from, from + BATCH_POINTS));
      const written = await applied('upsert', () => client.batchUpdate(collection, { wait: true, operations }));
      if (!written.ok) return written;
    }
    return ok(undefined);
  }

  async function deleteWhere(filter: PointFilter): Promise<Result<void, VectorStoreError>> {
    if (isUnconstrained(filter))
      return err({ kind: 'refused', detail: 'a delete without a condition empties the store' });
    return applied('delete', () => client.delete(collection, { wait: true, filter: toQdrantFilter(filter) }));
  }

  async function raiseVersion(docKey: string, srcVersion: number): Promise<Result<void, VectorStoreError>> {
    const filter = toQdrantFilter({
      must: [
        { field: 'docKey', equals: docKey },
        { field: 'srcVersion', range: { lt: srcVersion } },
      ],
    });
    return applied('setPayload', () => client.setPayload(collection, { wait: true, payload: { srcVersion }, filter }));
  }

  return { ...qdrantVectorReader({ client, collection }), upsert, deleteWhere, raiseVersion };
}

/**
 * The guard is one filter per upsert operation, so points are grouped by version. Within a version order is kept.
 */
function guardedUpserts(points: readonly PointWrite[]): { upsert: Schemas['PointInsertOperations'] }[] {
  const byVersion = Map.groupBy(points, point => point.payload.srcVersion);
  return [...byVersion].map(([srcVersion, group]) => ({
    upsert: { points: group.map(toPoint), update_filter: notNewerThan(srcVersion) },
  }));
}

const notNewerThan = (srcVersion: number): Schemas['Filter'] =>
  toQdrantFilter({
    should: [
      { field: 'srcVersion', range: { lte: srcVersion } },
      { field: 'srcVersion', isEmpty: true },
    ],
  });

/** A tombstone has no words and gets no sparse vector: nobody should find it by text. */
function toPoint({ id, payload, dense }: PointWrite): Schemas['PointStruct'] {
  const words = `${payload.title}\n${payload.text}`.trim();
  return {
    id,
    payload,
    vector: {
      ...(dense === undefined ? {} : { [DENSE_VECTOR]: [...dense] }),
      ...(words === '' ? {} : { [SPARSE_VECTOR]: bm25Document(words) }),
    },
  };
}
