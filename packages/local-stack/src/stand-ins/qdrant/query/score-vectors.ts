import type { Schemas } from '@qdrant/js-client-rest';
import { embedQuestion } from '../bm25.ts';
import type { Collection } from '../collection.ts';
import {
  isSparse,
  type PointId,
  parsePointId,
  type SparseVector,
  type StoredPoint,
  type StoredVector,
} from '../point.ts';
import { notFound, notInStandIn, wrongInput } from '../refusal.ts';
import type { VectorInput } from '../wire.ts';
import { mixedKinds, parseSparse, storeDense, unknownVector } from '../write/parse-vectors.ts';

/** A query against one named vector, by brute force. Pure. */
export interface VectorScorer {
  /** Undefined where the point has no such vector, or shares no term with a sparse query. */
  score(point: StoredPoint): number | undefined;
  /** For the distances, less is better. */
  readonly smallerIsBetter: boolean;
  /** Qdrant's order among equal scores: a scan keeps the later point first, a posting list the earlier one. */
  readonly laterFirst: boolean;
  /** The point whose own vector is the query; it is no answer to itself. */
  readonly self?: PointId;
}

export function createScorer(collection: Collection, input: VectorInput, using: string): VectorScorer {
  const params = collection.dense.get(using);
  const statistics = collection.sparse.get(using);
  if (params === undefined && statistics === undefined) throw unknownVector(using);
  const { vector, self } = readQuery(collection, input, using);
  const own = self === undefined ? {} : { self };
  if (isSparse(vector)) {
    if (statistics === undefined) throw mixedKinds();
    const idf = collection.config.sparse_vectors?.[using]?.modifier === 'idf';
    const weights = new Map<number, number>();
    vector.indices.forEach((term, at) =>
      weights.set(term, (vector.values[at] ?? 0) * (idf ? statistics.idf(term) : 1)),
    );
    return {
      score: point => scoreSparse(weights, point.vectors.get(using)),
      smallerIsBetter: false,
      laterFirst: false,
      ...own,
    };
  }
  if (params === undefined) throw mixedKinds();
  if (vector.length !== params.size) {
    throw wrongInput(`Vector dimension error: expected dim: ${params.size}, got ${vector.length}`);
  }
  const compare = COMPARE[params.distance];
  const smallerIsBetter = params.distance === 'Euclid' || params.distance === 'Manhattan';
  const score = ({ vectors }: StoredPoint): number | undefined => {
    const stored = vectors.get(using);
    return stored === undefined || isSparse(stored) ? undefined : Math.fround(compare(vector, stored));
  };
  return { score, smallerIsBetter, laterFirst: true, ...own };
}

function readQuery(
  collection: Collection,
  input: VectorInput,
  using: string,
): { vector: StoredVector; self?: PointId } {
  const params = collection.dense.get(using);
  if (typeof input === 'string' || typeof input === 'number') {
    const self = parsePointId(input);
    const vector = collection.get(self)?.vectors.get(using);
    if (vector === undefined) throw notFound(`No point with id ${self} found`);
    return { vector, self };
  }
  if (Array.isArray(input)) {
    if (input.some(Array.isArray)) throw notInStandIn('multivector');
    return { vector: storeDense(input as number[], params?.distance ?? 'Dot') };
  }
  if ('indices' in input) return { vector: parseSparse(input) };
  if (!('text' in input)) throw notInStandIn('inference for anything but text');
  return { vector: embedQuestion(input) };
}

const COMPARE: Readonly<Record<Schemas['Distance'], (a: Float32Array, b: Float32Array) => number>> = {
  Cosine: product,
  Dot: product,
  Euclid: (a, b) => Math.sqrt(sumOver(a, b, difference => difference * difference)),
  Manhattan: (a, b) => sumOver(a, b, Math.abs),
};

function product(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += (a[at] ?? 0) * (b[at] ?? 0);
  return sum;
}

function sumOver(a: Float32Array, b: Float32Array, measure: (difference: number) => number): number {
  let sum = 0;
  for (let at = 0; at < a.length; at += 1) sum += measure((a[at] ?? 0) - (b[at] ?? 0));
  return sum;
}

function scoreSparse(
  weights: ReadonlyMap<number, number>,
  stored: SparseVector | StoredVector | undefined,
): number | undefined {
  if (stored === undefined || !isSparse(stored)) return undefined;
  let sum: number | undefined;
  for (let at = 0; at < stored.indices.length; at += 1) {
    const weight = weights.get(stored.indices[at] ?? 0);
    if (weight !== undefined) sum = (sum ?? 0) + weight * (stored.values[at] ?? 0);
  }
  return sum === undefined ? undefined : Math.fround(sum);
}
