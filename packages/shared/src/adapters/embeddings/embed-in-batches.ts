/**
 * Splits texts into batches a provider takes, runs a bounded number of them at once and checks what comes back: as many
 * vectors as texts, each of the configured length and finite. No I/O of its own.
 */
import type { Embedder, EmbedderError } from '../../ports/embedder.ts';
import { err, ok, type Result } from '../../result/result.ts';

export type EmbedBatch = (
  texts: readonly string[],
  purpose: 'query' | 'document',
) => Promise<Result<readonly (readonly number[])[], EmbedderError>>;

const BATCH_TEXTS_MAX = 32; // Workers AI refuses longer arrays for its newer models; OpenAI-compatible servers take more
const BATCHES_AT_ONCE_MAX = 4; // a Worker may hold six connections open; two stay free for the rest of the request

export function embedInBatches(model: string, dimensions: number, embedBatch: EmbedBatch): Embedder {
  return {
    model,
    dimensions,
    async embed(texts, purpose) {
      const batches: (readonly string[])[] = [];
      for (let at = 0; at < texts.length; at += BATCH_TEXTS_MAX) batches.push(texts.slice(at, at + BATCH_TEXTS_MAX));
      const vectors: number[][][] = [];
      let failure: EmbedderError | undefined;
      let next = 0;

      const work = async (): Promise<void> => {
        while (failure === undefined) {
          const index = next++;
          const batch = batches[index];
          if (batch === undefined) return;
          const reply = await embedBatch(batch, purpose);
          const checked = reply.ok ? checkVectors(reply.value, batch.length, model, dimensions) : reply;
          if (checked.ok) vectors[index] = checked.value;
          else failure ??= checked.error;
        }
      };
      await Promise.all(Array.from({ length: Math.min(BATCHES_AT_ONCE_MAX, batches.length) }, work));
      return failure === undefined ? ok(vectors.flat()) : err(failure);
    },
  };
}

function checkVectors(
  vectors: readonly (readonly number[])[],
  expected: number,
  model: string,
  dimensions: number,
): Result<number[][], EmbedderError> {
  if (vectors.length !== expected) {
    return err({ kind: 'unavailable', detail: `${model} answered ${vectors.length} vectors for ${expected} texts` });
  }
  for (const vector of vectors) {
    if (vector.length !== dimensions) {
      const detail = `${model} answers ${vector.length} dimensions, but EMBEDDINGS_DIMENSIONS says ${dimensions}`;
      return err({ kind: 'misconfigured', detail });
    }
    if (!vector.every(Number.isFinite))
      return err({ kind: 'unavailable', detail: `${model} answered a broken vector` });
  }
  return ok(vectors.map(vector => [...vector]));
}
