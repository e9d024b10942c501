import type { PointPayload } from '../contracts/point-payload.ts';
import type { Result } from '../result/result.ts';

/** Qdrant as this product uses it; the names of filters follow Qdrant's. */
export interface VectorReader {
  /** Every matching point, read to the end page by page. Ends with `too_many` beyond `maxPoints`. */
  scrollAll(filter: PointFilter, options: { maxPoints: number }): Promise<Result<PointPayload[], VectorStoreError>>;
  /** Dense and BM25 fused by reciprocal rank, best chunk per document. Without `dense`, BM25 alone. */
  hybridSearch(query: HybridQuery): Promise<Result<ScoredPoint[], VectorStoreError>>;
}

export interface VectorWriter extends VectorReader {
  /** Waits until applied. A point is replaced only if its stored `srcVersion` is lower or equal. Batched inside. */
  upsert(points: readonly PointWrite[]): Promise<Result<void, VectorStoreError>>;
  /** Waits until applied. */
  deleteWhere(filter: PointFilter): Promise<Result<void, VectorStoreError>>;
  /** Raises the stored version of a document whose text did not change. Waits until applied. */
  raiseVersion(docKey: string, srcVersion: number): Promise<Result<void, VectorStoreError>>;
}

export interface PointWrite {
  /** UUIDv5 of document key and chunk number (`pointId`). */
  readonly id: string;
  readonly payload: PointPayload;
  /** Absent while the embedder is down; the point is then found by filters and BM25. */
  readonly dense?: readonly number[];
}

export interface ScoredPoint {
  readonly payload: PointPayload;
  readonly score: number;
}

export interface HybridQuery {
  readonly text: string;
  readonly dense?: readonly number[];
  readonly filter: PointFilter;
  readonly limit: number;
}

export interface PointFilter {
  readonly must?: readonly PointCondition[];
  readonly should?: readonly PointCondition[];
  readonly mustNot?: readonly PointCondition[];
}

export type PointCondition =
  | { readonly field: string; readonly equals: string | number | boolean }
  | { readonly field: string; readonly anyOf: readonly string[] }
  /** Dates, instants or numbers. */
  | { readonly field: string; readonly range: RangeBounds }
  | { readonly field: string; readonly isEmpty: true }
  /** All conditions hold for one and the same element of the array `field`. */
  | { readonly nested: string; readonly filter: PointFilter }
  | { readonly filter: PointFilter };

export interface RangeBounds {
  readonly gt?: string | number;
  readonly gte?: string | number;
  readonly lt?: string | number;
  readonly lte?: string | number;
}

export type VectorStoreError =
  | { readonly kind: 'unavailable'; readonly detail: string; readonly retryAfterMs?: number }
  | { readonly kind: 'too_many'; readonly detail: string }
  /** Key, collection or vector size do not fit the configuration: an operator must act. */
  | { readonly kind: 'misconfigured'; readonly detail: string }
  | { readonly kind: 'refused'; readonly detail: string };
