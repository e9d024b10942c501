import type { Schemas } from '@qdrant/js-client-rest';
import { embedDocument, toSparse } from '../bm25.ts';
import type { Collection } from '../collection.ts';
import type { NamedVectors, SparseVector, StoredVector } from '../point.ts';
import { notInStandIn, validationError, wrongInput } from '../refusal.ts';

type VectorStruct = Schemas['VectorStruct'];
type Vector = Schemas['Vector'];

/** The vectors of a point as sent, checked against the collection and ready to be stored. Pure. */
export function parseVectors(vectors: VectorStruct, collection: Collection): NamedVectors {
  const unnamed = Array.isArray(vectors) || isInference(vectors);
  const entries: [string, Vector][] = unnamed ? [['', vectors]] : Object.entries(vectors as Record<string, Vector>);
  return new Map(entries.map(([name, vector]) => [name, parseVector(name, vector, collection)]));
}

function parseVector(name: string, vector: Vector, collection: Collection): StoredVector {
  const params = collection.dense.get(name);
  if (params === undefined && !collection.sparse.has(name)) throw unknownVector(name);
  if (isInference(vector)) {
    if (!('text' in vector)) throw notInStandIn('inference for anything but text');
    const embedded = embedDocument(vector);
    if (params !== undefined) throw mixedKinds();
    return embedded;
  }
  if (Array.isArray(vector)) {
    if (params === undefined) throw mixedKinds();
    if (vector.some(Array.isArray)) throw notInStandIn('multivector');
    const numbers = vector as number[];
    if (numbers.length !== params.size) {
      throw wrongInput(
        `Vector dimension error: expected dim: ${params.size}, got ${numbers.length} for vector '${name}'`,
      );
    }
    return storeDense(numbers, params.distance);
  }
  if (params !== undefined) throw mixedKinds();
  return parseSparse(vector);
}

/** Cosine compares directions only: stored with length 1, a product is the similarity. */
export function storeDense(numbers: readonly number[], distance: Schemas['Distance']): Float32Array {
  const vector = Float32Array.from(numbers);
  if (distance !== 'Cosine') return vector;
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map(value => value / length);
}

export function parseSparse({ indices, values }: Schemas['SparseVector']): SparseVector {
  if (indices.length !== values.length) throw validationError('values: must be the same length as indices');
  if (new Set(indices).size !== indices.length) throw validationError('indices: must be unique');
  return toSparse(indices.map((index, at) => [index, values[at] ?? 0]));
}

export const unknownVector = (name: string) => wrongInput(`Not existing vector name error: ${name}`);
export const mixedKinds = () => wrongInput('Conversion between sparse and regular vectors failed');

const isInference = (vector: unknown): vector is Schemas['Document'] | Schemas['Image'] | Schemas['InferenceObject'] =>
  typeof vector === 'object' && vector !== null && 'model' in vector && typeof vector.model === 'string';
