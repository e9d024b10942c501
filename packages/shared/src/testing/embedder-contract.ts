/** What every `Embedder` owes its callers; run against the fake and every adapter. */
import { describe, expect, it } from 'vitest';
import type { Embedder } from '../ports/embedder.ts';

export function describeEmbedderContract(name: string, makeEmbedder: () => Promise<Embedder> | Embedder): void {
  describe(`${name} keeps the embedder contract`, () => {
    const embed = async (texts: readonly string[], purpose: 'query' | 'document' = 'document') => {
      const embedder = await makeEmbedder();
      const reply = await embedder.embed(texts, purpose);
      if (!reply.ok) throw new Error(reply.error.detail);
      return { embedder, vectors: reply.value };
    };

    it('answers nothing for no texts', async () => {
      const { vectors } = await embed([]);
      expect(vectors).toEqual([]);
    });

    it('answers one finite vector of the stated length per text', async () => {
      const { embedder, vectors } = await embed(['the heating is broken', 'late arrival at nine']);
      expect(vectors).toHaveLength(2);
      for (const vector of vectors) {
        expect(vector).toHaveLength(embedder.dimensions);
        expect(vector.every(Number.isFinite)).toBe(true);
      }
    });

    it('keeps the order of the texts over more than one batch', async () => {
      const texts = Array.from({ length: 40 }, (_, index) => `parcel ${index}`);
      const probes = [0, 31, 32, 39]; // the ends of batches of 32
      const { vectors } = await embed(texts);
      const { vectors: alone } = await embed(probes.map(index => texts[index] ?? ''));
      expect(vectors).toHaveLength(texts.length);
      const likeness = probes.map((index, at) => cosine(vectors[index] ?? [], alone[at] ?? []));
      expect(Math.min(...likeness)).toBeGreaterThan(0.999);
    });

    it('puts texts that share a meaning nearer than texts that do not', async () => {
      const { vectors } = await embed(['the heating is broken', 'the heating does not work', 'seven bottles of wine']);
      const [heating = [], same = [], other = []] = vectors;
      expect(cosine(heating, same)).toBeGreaterThan(cosine(heating, other));
    });

    it('embeds a question into the same space as a document', async () => {
      const [question, document] = await Promise.all([
        embed(['where is the spare key'], 'query'),
        embed(['where is the spare key', 'the boiler was repaired in May']),
      ]);
      const [same = [], other = []] = document.vectors;
      expect(cosine(question.vectors[0] ?? [], same)).toBeGreaterThan(cosine(question.vectors[0] ?? [], other));
    });
  });
}

function cosine(a: readonly number[], b: readonly number[]): number {
  const dot = a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
  return dot / (Math.hypot(...a) * Math.hypot(...b));
}
