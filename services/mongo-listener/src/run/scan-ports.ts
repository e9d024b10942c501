import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';
import type { Db, Timestamp } from 'mongodb';
import type { AssistantIdentity } from '../meaning/meaning.ts';
import type { HeldPosition, PositionError } from '../position/position-store.ts';
import type { PublishWindow } from '../publish/publish-window.ts';
import type { Followed } from '../source-document.ts';
import type { HealingReason, StreamFailure } from '../stream/stream-failure.ts';

/**
 * What the run needs of the two scans. A scan continues where the position document says it stopped, publishes through
 * the window, and saves its own progress there (`snapshot`, `healing`). The run clears that progress and moves the
 * position to the returned operation time in one save, once everything offered is acknowledged.
 */
export interface ScanContext {
  readonly database: Db;
  readonly held: HeldPosition;
  readonly window: PublishWindow;
  readonly assistant: AssistantIdentity;
  /** What is known downstream (`chatMessages`, `chatRooms`, `chatMembers`), to find what was deleted meanwhile. */
  readonly known: DocumentStore;
  readonly now: () => Date;
  /** Aborted when the listener stops: the scan returns `stopped` soon after. */
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly onProgress: (progress: ScanProgress) => void;
}

export type TakeSnapshot = (
  context: ScanContext,
) => Promise<Result<{ readonly version: number; readonly operationTime: Timestamp }, ScanError>>;

export type Heal = (
  context: ScanContext,
  cause: HealingCause,
) => Promise<Result<{ readonly operationTime: Timestamp; readonly report: HealingReport }, ScanError>>;

/** Documents offered and expected so far, by what they are. */
export type ScanProgress = {
  readonly [K in Followed]?: { readonly scanned: number; readonly expected: number; readonly done: boolean };
};

export interface HealingCause {
  readonly reason: HealingReason;
  /** Up to here everything is published, by cluster time; absent where nothing is known: all is scanned. */
  readonly since?: Date;
}

/** What a healing found, in numbers a person understands. */
export interface HealingReport {
  readonly reason: HealingReason;
  readonly since?: string;
  /** Documents changed since then that were offered again. */
  readonly offered: { readonly [K in Followed]?: number };
  /** Documents that are known downstream and gone from MongoDB. */
  readonly removed: { readonly [K in Followed]?: number };
  /** Messages older than that which were unknown downstream, and were offered too. */
  readonly found: number;
  readonly tookMs: number;
}

export type ScanError =
  /** MongoDB refused or went away; `classifyFailure` named it. Calling again continues. */
  | { readonly kind: 'mongodb'; readonly failure: StreamFailure }
  | { readonly kind: 'position'; readonly error: PositionError }
  | { readonly kind: 'store'; readonly error: StoreError }
  /** The window was closed or the signal aborted. */
  | { readonly kind: 'stopped' };
