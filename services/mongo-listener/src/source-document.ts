import type { Document } from 'mongodb';

/** The collections that are followed, by what they hold. Everything else in the database is none of our business. */
export const COLLECTIONS = {
  message: 'rocketchat_message',
  room: 'rocketchat_room',
  subscription: 'rocketchat_subscription',
  user: 'users',
} as const;
export type Followed = keyof typeof COLLECTIONS;
export const FOLLOWED = Object.keys(COLLECTIONS) as Followed[];

/** Large or secret, and nothing is made of them: texts once more in parsed form, password hashes. They stay in MongoDB. */
export const UNREAD_FIELDS = {
  message: ['md', 'urls'],
  room: ['lastMessage'],
  subscription: [],
  user: ['services'],
} as const satisfies Record<Followed, readonly string[]>;

/**
 * One document as it was seen, whichever way it came: by the change stream or by a scan. `operation` is `insert` where
 * nothing can be known of it downstream, `replace` where something may be.
 */
export interface SourceChange {
  readonly followed: Followed;
  readonly operation: 'insert' | 'update' | 'replace' | 'delete';
  /** `_id`, as stored: not always text. */
  readonly id: unknown;
  /** `chatVersion` of the cluster time, or of the scan's beginning. */
  readonly version: number;
  readonly origin: 'stream' | 'snapshot' | 'healing';
  /** Absent for a deletion, and where the document was gone when it was looked up (its deletion follows). */
  readonly document?: Document;
  /** Top-level fields that an update touched; absent where all may have changed. */
  readonly touched?: ReadonlySet<string>;
}
