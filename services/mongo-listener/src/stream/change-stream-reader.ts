import type { Result } from '@innkeeper/shared/result/result';
import type { Document, Timestamp } from 'mongodb';
import type { StreamHappening } from './change-event.ts';
import type { StreamFailure } from './stream-failure.ts';

/** Where to begin: behind a resume token, or at a cluster time. */
export type StreamStart =
  | { readonly kind: 'token'; readonly token: Document }
  | { readonly kind: 'time'; readonly at: Timestamp };

/** An open change stream, read batch by batch. After a failure it is closed: open another from the last token. */
export interface ChangeStreamReader {
  /** Waits up to the await time of the stream; an empty batch says that nothing happened. */
  next(): Promise<Result<StreamBatch, StreamFailure>>;
  close(): Promise<void>;
}

export interface StreamBatch {
  /** Events in it, fragments included. */
  readonly size: number;
  /** Decoded one by one as they are gone through, which can be done once. */
  readonly happenings: Iterable<StreamHappening>;
  /** Behind this batch, once it was gone through; nothing while its last event is incomplete. */
  after(): { readonly token: Document; readonly version?: number } | undefined;
  /** Cluster time of the server when it answered, as `chatVersion`. */
  readonly serverVersion?: number;
}

export type OpenChangeStream = (
  start: StreamStart,
  signal: AbortSignal,
) => Promise<Result<ChangeStreamReader, StreamFailure>>;
