import type { Result } from '../result/result.ts';

/**
 * Firestore as this product uses it. Implemented over REST for Workers, by the SDK for functions and services, and in
 * memory for tests; one contract suite (`testing/document-store-contract.ts`) holds all three to the same behaviour.
 */
export interface DocumentStore {
  /** One round trip; answers in the order of `paths`, `undefined` where no document is. */
  getAll(paths: readonly DocumentPath[]): Promise<Result<(StoredDocument | undefined)[], StoreError>>;
  query(query: DocumentQuery): Promise<Result<StoredDocument[], StoreError>>;
  /** All or nothing. Not retried here: a failed precondition is an answer, not an accident. */
  commit(writes: readonly DocumentWrite[]): Promise<Result<CommitReceipt, StoreError>>;
  /**
   * Reads `paths` and commits what `decide` returns as one transaction. `decide` is pure and may run several times
   * (contention is retried up to 5 times with jitter, then `contention`).
   */
  transact<T>(
    paths: readonly DocumentPath[],
    decide: (documents: (StoredDocument | undefined)[]) => { writes: readonly DocumentWrite[]; value: T },
  ): Promise<Result<T, StoreError>>;
}

/** `collection/id`, both without slashes. */
export type DocumentPath = `${string}/${string}`;

export type DocumentValue =
  | null
  | boolean
  /** Safe integers are stored as integers, everything else (-0, NaN, infinities included) as doubles. */
  | number
  /** 64-bit integers beyond the safe range. */
  | bigint
  | string
  | Timestamp
  | Uint8Array
  | GeoPoint
  | DocumentReference
  | readonly DocumentValue[]
  | DocumentFields;
export interface DocumentFields {
  readonly [field: string]: DocumentValue;
}

/** Microseconds since the epoch: all that Firestore keeps. */
export class Timestamp {
  readonly epochMicros: bigint;
  constructor(epochMicros: bigint) {
    this.epochMicros = epochMicros;
  }
  static fromMillis(epochMs: number): Timestamp {
    return new Timestamp(BigInt(Math.round(epochMs)) * 1000n);
  }
}

export class GeoPoint {
  readonly latitude: number;
  readonly longitude: number;
  constructor(latitude: number, longitude: number) {
    // Minus zero is the same place, and JSON does not always keep its sign.
    this.latitude = latitude + 0;
    this.longitude = longitude + 0;
  }
}

/** Path relative to the database's documents: `records/x`. */
export class DocumentReference {
  readonly path: string;
  constructor(path: string) {
    this.path = path;
  }
}

export interface StoredDocument {
  readonly path: DocumentPath;
  readonly fields: DocumentFields;
  readonly createTime: Timestamp;
  /** Rises with every effective write; precondition and version. */
  readonly updateTime: Timestamp;
}

export type Precondition = { readonly exists: boolean } | { readonly updateTime: Timestamp };

/** `field` is a dotted path. */
export type FieldTransform =
  | { readonly field: string; readonly increment: number }
  | { readonly field: string; readonly maximum: number }
  | { readonly field: string; readonly minimum: number }
  | { readonly field: string; readonly arrayUnion: readonly DocumentValue[] }
  | { readonly field: string; readonly arrayRemove: readonly DocumentValue[] }
  | { readonly field: string; readonly serverTimestamp: true };

export type DocumentWrite =
  /** Replaces the document. */
  | {
      readonly op: 'set';
      readonly path: DocumentPath;
      readonly fields: DocumentFields;
      readonly precondition?: Precondition;
      readonly transforms?: readonly FieldTransform[];
    }
  /** Replaces the named top-level fields and keeps the others; creates the document unless a precondition forbids. */
  | {
      readonly op: 'merge';
      readonly path: DocumentPath;
      readonly fields: DocumentFields;
      readonly precondition?: Precondition;
      readonly transforms?: readonly FieldTransform[];
    }
  | { readonly op: 'delete'; readonly path: DocumentPath; readonly precondition?: Precondition };

export interface CommitReceipt {
  /** Per write, in order; absent for deletes. */
  readonly updateTimes: readonly (Timestamp | undefined)[];
}

export interface DocumentQuery {
  readonly collection: string;
  readonly where?: readonly FieldFilter[];
  /** `__name__` orders by document id. */
  readonly orderBy?: readonly { readonly field: string; readonly direction: 'asc' | 'desc' }[];
  readonly limit?: number;
  /** Continue after the document with these values of the `orderBy` fields (a document id for `__name__`). */
  readonly startAfter?: readonly DocumentValue[];
  /** Only these top-level fields. */
  readonly select?: readonly string[];
}

export interface FieldFilter {
  /** Dotted path for nested fields. */
  readonly field: string;
  readonly op: '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'array-contains';
  readonly value: DocumentValue;
}

export type StoreError =
  /** The document is not as the precondition says. */
  | { readonly kind: 'precondition_failed'; readonly detail: string }
  /** Others kept writing the same documents. */
  | { readonly kind: 'contention'; readonly detail: string }
  /** Down, slow, overloaded: try again later. Whether a write was applied is then unknown. */
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  /** Credentials or rights are wrong: an operator must act. */
  | { readonly kind: 'denied'; readonly detail: string }
  /** This write can never succeed: too large, a value Firestore does not take. */
  | { readonly kind: 'refused'; readonly detail: string };

/** Update time as one safe integer, used as the version of what was derived from the document. */
export const versionOf = (document: StoredDocument): number => Number(document.updateTime.epochMicros);
