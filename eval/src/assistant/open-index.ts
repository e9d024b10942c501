import { startQdrant } from '@innkeeper/local-stack/stand-ins/qdrant/start-qdrant';
import { ensureCollection } from '@innkeeper/shared/adapters/qdrant/ensure-collection';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantVectorReader } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-reader';
import { qdrantVectorWriter } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-writer';
import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { PointWrite, VectorReader } from '@innkeeper/shared/ports/vector-store';

/**
 * The points behind the adapters that ship, in the stand-in of Qdrant in this process: words count by how rare they
 * are, as in the real one, which the in-memory store of the tests does not claim. I/O: a free port of this machine.
 */
export interface Index {
  readonly vectors: VectorReader;
  close(): Promise<void>;
}

const ALIAS = 'innkeeper';

export async function openIndex(points: readonly PointWrite[], { model, dimensions }: Embedder): Promise<Index> {
  const server = await startQdrant({ port: 0 });
  const client = qdrantClient({ url: server.url });
  const collection = await ensureCollection({ client, alias: ALIAS, model, dimensions });
  if (!collection.ok) throw new Error(`the index was not made: ${collection.error.detail}`);
  const indexed = await qdrantVectorWriter({ client, collection: ALIAS }).upsert(points);
  if (!indexed.ok) throw new Error(`the world was not indexed: ${indexed.error.detail}`);
  return { vectors: qdrantVectorReader({ client, collection: ALIAS }), close: () => server.close() };
}
