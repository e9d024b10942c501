import { formatError } from './refusal.ts';

/** Unsigned integer or UUID in its hyphenated form. Integers above 2^53 are not told apart. */
export type PointId = number | string;
export type Payload = Record<string, unknown>;

export interface SparseVector {
  /** Ascending and unique. */
  readonly indices: Uint32Array;
  readonly values: Float32Array;
}
export type StoredVector = Float32Array | SparseVector;
/** By name; the name of an unnamed vector is empty. Cosine vectors are stored with length 1. */
export type NamedVectors = ReadonlyMap<string, StoredVector>;

export interface StoredPoint {
  readonly id: PointId;
  /** Place in the order of first insertion. */
  readonly offset: number;
  readonly payload: Payload;
  readonly vectors: NamedVectors;
  /** Operation that wrote it last. */
  readonly version: number;
}

export const isSparse = (vector: StoredVector): vector is SparseVector => !(vector instanceof Float32Array);

const UUID = /^(?:urn:uuid:)?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})$/iu;

export function parsePointId(raw: unknown): PointId {
  if (typeof raw === 'number' && Number.isInteger(raw) && raw >= 0) return raw;
  const parts = UUID.exec(String(raw));
  if (typeof raw !== 'string' || parts === null) {
    throw formatError(
      `value ${JSON.stringify(raw)} is not a valid point ID, valid values are either an unsigned integer or a UUID`,
    );
  }
  return parts.slice(1).join('-').toLowerCase();
}

/** Qdrant's order of ids: integers first, then UUIDs by their bytes. */
export function comparePointIds(a: PointId, b: PointId): number {
  if (typeof a === 'number') return typeof b === 'number' ? a - b : -1;
  if (typeof b === 'number') return 1;
  return a < b ? -1 : a > b ? 1 : 0;
}
