import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import type { Embedder } from '@innkeeper/shared/ports/embedder';
import type { HybridQuery, VectorReader } from '@innkeeper/shared/ports/vector-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { EMBED_MAX_MS } from '../deadline.ts';
import type { RetrievalError } from './retrieval-error.ts';
import { fromVectorStoreError } from './retrieval-error.ts';

/** By meaning and by words, best first, each document once. I/O: the embedder, then Qdrant. */
export async function hybridSearch(
  query: Omit<HybridQuery, 'dense'>,
  dense: number[] | undefined,
  vectors: VectorReader,
): Promise<Result<PointPayload[], RetrievalError>> {
  const found = await vectors.hybridSearch({ ...query, ...(dense === undefined ? {} : { dense }) });
  if (!found.ok) return err(fromVectorStoreError(found.error));
  return ok(found.value.map(point => point.payload));
}

/** Without a vector the words alone still find most: a slow or failing embedder costs recall, not the answer. */
export async function embedQuery(text: string, embedder: Embedder): Promise<number[] | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(late.resolve, EMBED_MAX_MS);
  const embedded = await Promise.race([embedder.embed([text], 'query'), late.promise]);
  clearTimeout(timer);
  return embedded?.ok === true ? embedded.value[0] : undefined;
}
