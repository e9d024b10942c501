import type { Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';

/**
 * Where the listener is: document `listenerState/rocketchat` in the database `ops`. One writer at a time: every write
 * names the document's update time it was based on, and carries the epoch of the lease it was made under.
 */
const Scan = z.object({
  /** Version that the scanned documents carry: cluster time before the first read. */
  version: z.int().nonnegative(),
  startedAt: z.iso.datetime(),
  /** Progress by `Followed`. `after` is the last `_id` whose documents are all published. */
  collections: z.record(
    z.string(),
    z.object({
      after: z.string().optional(),
      done: z.boolean(),
      scanned: z.int().nonnegative(),
      expected: z.int().nonnegative(),
      /** Differences that a comparison of ids found: gone from MongoDB, unknown downstream. */
      removed: z.int().nonnegative().optional(),
      found: z.int().nonnegative().optional(),
    }),
  ),
});
export type Scan = z.infer<typeof Scan>;

export const ListenerPosition = z.object({
  v: z.literal(1),
  /** Rises by one with every new holder: a writer with a lower one has lost its lease. */
  epoch: z.int().nonnegative(),
  holder: z.string(),
  leaseUntil: z.iso.datetime(),
  /** Resume token as Extended JSON; everything up to it is published. */
  resumeToken: z.string().optional(),
  /** `chatVersion` of that token's event or post-batch time. */
  version: z.int().nonnegative().optional(),
  /** When that token was received, wall clock. */
  tokenAt: z.iso.datetime().optional(),
  /** A snapshot that is not finished; its `version` is where the stream will start. */
  snapshot: Scan.optional(),
  /** A healing that is not finished, and what made it necessary. */
  healing: z.object({ reason: z.string(), since: z.iso.datetime().optional(), scan: Scan }).optional(),
});
export type ListenerPosition = z.infer<typeof ListenerPosition>;

/** What the listener may change; epoch, holder and lease are the store's matter. */
export type PositionChange = Partial<
  Pick<ListenerPosition, 'resumeToken' | 'version' | 'tokenAt' | 'snapshot' | 'healing'>
>;

export interface PositionStore {
  /** Takes the lease if it is free, run out, or our own; answers the position found there. */
  acquire(): Promise<Result<HeldPosition, PositionError>>;
}

/** A position under a lease. Writes queue up behind each other. */
export interface HeldPosition {
  readonly epoch: number;
  /** As last written. */
  readonly position: ListenerPosition;
  /** False once the lease may have run out, by a steady clock: nothing may be published until a save succeeds. */
  valid(): boolean;
  /** Writes what changed (`undefined` removes it) and renews the lease. After `fenced` nothing may be published. */
  save(
    change: { readonly [K in keyof PositionChange]: PositionChange[K] | undefined },
  ): Promise<Result<void, PositionError>>;
  /** Lets the next one take over at once. */
  release(): Promise<Result<void, PositionError>>;
}

export type PositionError =
  /** Somebody else holds the lease until `until`. */
  | { readonly kind: 'held'; readonly by: string; readonly until: string }
  /** The lease was lost: this writer must stop. */
  | { readonly kind: 'fenced'; readonly detail: string }
  | { readonly kind: 'unavailable'; readonly detail: string }
  | { readonly kind: 'denied'; readonly detail: string };
