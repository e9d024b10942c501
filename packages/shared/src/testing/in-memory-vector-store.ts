import { PointPayload } from '../contracts/point-payload.ts';
import type { HybridQuery, PointFilter, PointWrite, VectorStoreError, VectorWriter } from '../ports/vector-store.ts';
import { err, ok, type Result } from '../result/result.ts';
import { matchesPointFilter } from './matches-point-filter.ts';

/** A vector store in a map: the port's promises on filters, versions and order, without any claim on real scores. */
export interface InMemoryVectorStore extends VectorWriter {
  /** Everything there is, by point id. */
  readonly points: ReadonlyMap<string, PointWrite>;
}

/** Fails an operation before it does anything. */
export type VectorStoreFault = (operation: keyof VectorWriter) => VectorStoreError | undefined;

export function inMemoryVectorStore({
  fault = () => undefined,
}: {
  fault?: VectorStoreFault;
} = {}): InMemoryVectorStore {
  const points = new Map<string, PointWrite>();

  const matching = (filter: PointFilter): [string, PointWrite][] =>
    [...points].filter(([, { payload }]) => matchesPointFilter(payload, filter));

  async function answer<T>(
    operation: keyof VectorWriter,
    act: () => Result<T, VectorStoreError>,
  ): Promise<Result<T, VectorStoreError>> {
    await Promise.resolve(); // never within the caller's own turn, as over a network
    const failed = fault(operation);
    return failed === undefined ? act() : err(failed);
  }

  return {
    points,
    scrollAll: (filter, { maxPoints }) =>
      answer('scrollAll', () => {
        const found = matching(filter).sort(([a], [b]) => (a < b ? -1 : 1));
        if (found.length > maxPoints) return err({ kind: 'too_many', detail: `more than ${maxPoints} points match` });
        return ok(found.map(([, { payload }]) => PointPayload.parse(payload)));
      }),
    hybridSearch: query =>
      answer('hybridSearch', () => {
        const candidates = matching(query.filter).map(([, point]) => point);
        const best = new Map<string, { payload: PointPayload; score: number }>();
        for (const [{ payload }, score] of fuse(rankLists(candidates, query))) {
          if (!best.has(payload.docKey)) best.set(payload.docKey, { payload: PointPayload.parse(payload), score });
        }
        return ok([...best.values()].slice(0, query.limit));
      }),
    upsert: writes =>
      answer('upsert', () => {
        for (const write of writes) {
          const stored = points.get(write.id)?.payload.srcVersion ?? 0;
          if (stored <= write.payload.srcVersion)
            points.set(write.id, { ...write, payload: PointPayload.parse(write.payload) });
        }
        return ok(undefined);
      }),
    deleteWhere: filter =>
      answer('deleteWhere', () => {
        const conditions = [...(filter.must ?? []), ...(filter.should ?? []), ...(filter.mustNot ?? [])];
        if (conditions.length === 0) {
          return err({ kind: 'refused', detail: 'a delete without a condition empties the store' });
        }
        for (const [id] of matching(filter)) points.delete(id);
        return ok(undefined);
      }),
    raiseVersion: (docKey, srcVersion) =>
      answer('raiseVersion', () => {
        for (const [id, point] of points) {
          if (point.payload.docKey !== docKey || point.payload.srcVersion >= srcVersion) continue;
          points.set(id, { ...point, payload: { ...point.payload, srcVersion } });
        }
        return ok(undefined);
      }),
  };
}

const PREFETCH_POINTS = 30;

function rankLists(candidates: readonly PointWrite[], { text, dense }: HybridQuery): PointWrite[][] {
  const asked = new Set(wordsOf(text));
  const byWords = rank(candidates, ({ payload }) => {
    const words = wordsOf(`${payload.title} ${payload.text}`);
    return words.filter(word => asked.has(word)).length / Math.max(1, words.length);
  });
  if (dense === undefined) return [byWords];
  return [
    rank(
      candidates.filter(point => point.dense !== undefined),
      point => cosine(dense, point.dense ?? []),
    ),
    byWords,
  ];
}

function rank(points: readonly PointWrite[], scoreOf: (point: PointWrite) => number): PointWrite[] {
  const scored = points.map(point => ({ point, score: scoreOf(point) })).filter(({ score }) => score > 0);
  const best = scored.sort((a, b) => b.score - a.score).slice(0, PREFETCH_POINTS);
  return best.map(({ point }) => point);
}

/** Reciprocal rank with Qdrant's constant; meaning, the first list where there are two, has twice the weight. */
function fuse(lists: readonly PointWrite[][]): [PointWrite, number][] {
  const scores = new Map<PointWrite, number>();
  for (const [index, list] of lists.entries()) {
    const weight = lists.length > 1 && index === 0 ? 2 : 1;
    for (const [place, point] of list.entries())
      scores.set(point, (scores.get(point) ?? 0) + 1 / ((place + 1) / weight + 1));
  }
  return [...scores].sort(([, a], [, b]) => b - a);
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .match(/\p{L}+/gu) ?? [];

function cosine(a: readonly number[], b: readonly number[]): number {
  const product = (left: readonly number[], right: readonly number[]): number =>
    left.reduce((sum, value, at) => sum + value * (right[at] ?? 0), 0);
  return product(a, b) / (Math.sqrt(product(a, a) * product(b, b)) || 1);
}
