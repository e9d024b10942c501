import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ok } from '../../result/result.ts';
import { type EmbedBatch, embedInBatches } from './embed-in-batches.ts';

const lengthVector: EmbedBatch = texts => Promise.resolve(ok(texts.map(text => [text.length, 1])));

describe('embedInBatches', () => {
  it('keeps order and count for any number of texts, never more than 32 at once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { maxLength: 200 }), async texts => {
        const sizes: number[] = [];
        const embedder = embedInBatches('m', 2, (batch, purpose) => {
          sizes.push(batch.length);
          return lengthVector(batch, purpose);
        });
        expect(await embedder.embed(texts, 'document')).toEqual(ok(texts.map(text => [text.length, 1])));
        expect(Math.max(0, ...sizes)).toBeLessThanOrEqual(32);
      }),
      { numRuns: 50 },
    );
  });

  it('runs at most four batches at once', async () => {
    let running = 0;
    let most = 0;
    const embedder = embedInBatches('m', 2, async (batch, purpose) => {
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return lengthVector(batch, purpose);
    });
    await embedder.embed(Array.from({ length: 500 }, String), 'document');
    expect(most).toBe(4);
  });

  it('stops at the first failure', async () => {
    let calls = 0;
    const error = { kind: 'unavailable', detail: 'down', retryAfterMs: 5 } as const;
    const embedder = embedInBatches('m', 2, () => {
      calls += 1;
      return Promise.resolve({ ok: false, error });
    });
    expect(await embedder.embed(Array.from({ length: 500 }, String), 'document')).toEqual({ ok: false, error });
    expect(calls).toBeLessThanOrEqual(4);
  });

  it('calls another vector size a misconfiguration, a wrong count or a broken number an outage', async () => {
    const replyOf = async (vectors: number[][]) => {
      const reply = await embedInBatches('bge', 2, () => Promise.resolve(ok(vectors))).embed(['a'], 'query');
      return reply.ok ? 'ok' : reply.error;
    };
    expect(await replyOf([[1, 2, 3]])).toEqual({
      kind: 'misconfigured',
      detail: 'bge answers 3 dimensions, but EMBEDDINGS_DIMENSIONS says 2',
    });
    expect(await replyOf([])).toMatchObject({ kind: 'unavailable' });
    expect(await replyOf([[1, Number.NaN]])).toMatchObject({ kind: 'unavailable' });
  });
});
