import type { Result } from '@innkeeper/shared/result/result';
import type { Document, Timestamp } from 'mongodb';
import type { Followed } from '../source-document.ts';
import type { StreamFailure } from '../stream/stream-failure.ts';

/**
 * MongoDB as a scan reads it: majority reads, each at least as new as the operation time. One page is one reply of the
 * server (16 MB at most), so that memory does not depend on the size of a collection.
 */
export interface SourceReader {
  /** Cluster time of a majority read; whatever is written later, a stream started there shows. */
  operationTime(): Promise<Result<Timestamp, StreamFailure>>;
  /** Goes on with an operation time noted earlier, by this process or by the one before it. */
  readAfter(operationTime: Timestamp): void;
  /** From the collection's metadata, so about right. */
  count(followed: Followed): Promise<Result<number, StreamFailure>>;
  /**
   * Every document, first those whose `_id` is text in ascending order behind `after`, then those of every other type.
   * Pages are never empty. Ends after the first failure.
   */
  scan(followed: Followed, from: ScanFrom): AsyncGenerator<Result<ScanPage, StreamFailure>, void>;
  /** Those of the documents that exist. Pages as of a scan. */
  documents(followed: Followed, ids: readonly string[]): AsyncGenerator<Result<ScanPage, StreamFailure>, void>;
  /** Those of the ids that exist. */
  existing(followed: Followed, ids: readonly string[]): Promise<Result<ReadonlySet<string>, StreamFailure>>;
}

export interface ScanFrom {
  readonly after: string | undefined;
  /** Only documents written since then by their `_updatedAt`, and those that have no such date. */
  readonly writtenSince?: Date;
  /** Documents with nothing but their `_id`. */
  readonly idsOnly?: boolean;
}

export interface ScanPage {
  readonly documents: readonly Document[];
  /** Where a later scan goes on: the last `_id` so far that is text. */
  readonly after: string | undefined;
}
