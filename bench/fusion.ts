import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { loadLocalEmbeddingModel } from '@innkeeper/local-stack/stand-ins/embeddings/local-embedding-model';
import { startQdrant } from '@innkeeper/local-stack/stand-ins/qdrant/start-qdrant';
import { bm25Document } from '@innkeeper/shared/adapters/qdrant/bm25-document';
import { ensureCollection } from '@innkeeper/shared/adapters/qdrant/ensure-collection';
import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import { qdrantClient } from '@innkeeper/shared/adapters/qdrant/qdrant-client';
import { qdrantVectorWriter } from '@innkeeper/shared/adapters/qdrant/qdrant-vector-writer';
import { Secret } from '@innkeeper/shared/config/secret';
import { DENSE_VECTOR, SPARSE_VECTOR } from '@innkeeper/shared/contracts/point-payload';
import { buildPayload } from '@innkeeper/shared/testing/build-point';
import { type Bench, type Measure } from './bench.ts';
import { labelledSet, namedSet } from './fusion-set.ts';

/**
 * How well each weighting of meaning against words finds what was asked for, on a labelled set: share found
 * first, among five, and mean reciprocal rank. The embedder is the local English one.
 */
const ALIAS = 'fusion';
const LIMIT = 10;
const WEIGHTINGS: readonly (readonly [dense: number, words: number, k: number])[] = [
  [1, 0, 2],
  [0, 1, 2],
  [1, 1, 2],
  [1, 1, 60],
  [3, 2, 2],
  [2, 1, 2],
  [3, 1, 2],
  [1, 2, 2],
  [1, 3, 2],
];

async function must<T>(result: Promise<{ ok: true; value: T } | { ok: false; error: { detail: string } }>): Promise<T> {
  const settled = await result;
  if (!settled.ok) throw new Error(settled.error.detail);
  return settled.value;
}

const texts = [...labelledSet, ...namedSet].map(({ text }) => text);
const questions: readonly (readonly [title: string, asked: readonly string[], firstText: number])[] = [
  ['in its words', labelledSet.map(({ inItsWords }) => inItsWords), 0],
  ['in other words', labelledSet.map(({ inOtherWords }) => inOtherWords), 0],
  ['by name or code', namedSet.map(({ question }) => question), labelledSet.length],
];

export const fusion: Bench = { run: async () => ({ measures: await measure(), limitedBy: LIMITED_BY }) };

const LIMITED_BY =
  'words alone miss what is asked in other words; meaning alone confuses names. The reader of Qdrant weighs 2 : 1.';

async function measure(): Promise<Measure[]> {
  const measures: Measure[] = [];
  const state = mkdtempSync(path.join(tmpdir(), 'fusion-'));
  const model = await loadLocalEmbeddingModel();
  const qdrant = await startQdrant({ port: 0, apiKey: 'key', readOnlyApiKey: 'read' });
  const client = qdrantClient({ url: qdrant.url, apiKey: new Secret('key') });
  try {
    await must(ensureCollection({ client, alias: ALIAS, model: model.name, dimensions: model.dimensions }));
    const vectors = await model.embed(texts);
    await must(
      qdrantVectorWriter({ client, collection: ALIAS }).upsert(
        texts.map((text, at) => ({
          id: pointId(`doc:${at}`, 0),
          payload: buildPayload({ docKey: `doc:${at}`, text }),
          dense: vectors[at] ?? [],
        })),
      ),
    );
    for (const [title, asked, firstText] of questions) {
      const embedded = await model.embed(asked);
      for (const [dense, words, k] of WEIGHTINGS) {
        const ranks = await Promise.all(
          asked.map(async (text, at) => {
            const { points } = await client.query(ALIAS, {
              prefetch: [
                { query: embedded[at] ?? [], using: DENSE_VECTOR, limit: 30 },
                { query: bm25Document(text), using: SPARSE_VECTOR, limit: 30 },
              ],
              query: { rrf: { k, weights: [dense, words] } },
              limit: LIMIT,
              with_payload: true,
            });
            return points.findIndex(point => point.payload?.['docKey'] === `doc:${firstText + at}`);
          }),
        );
        const share = (found: number): string => `${((100 * found) / ranks.length).toFixed(0)}%`;
        const first = ranks.filter(rank => rank === 0).length;
        const five = ranks.filter(rank => rank >= 0 && rank < 5).length;
        const mrr = ranks.reduce((sum, rank) => sum + (rank < 0 ? 0 : 1 / (rank + 1)), 0) / ranks.length;
        measures.push({
          what: `${title}, meaning : words ${dense} : ${words}, k ${k}`,
          measured: `first ${share(first)}, in five ${share(five)}, MRR ${mrr.toFixed(3)}`,
        });
      }
    }
  } finally {
    await Promise.all([qdrant.close(), model.close()]);
    rmSync(state, { recursive: true, force: true });
  }
  return measures;
}
