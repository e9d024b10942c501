import type { Document } from 'mongodb';

/** Rocket.Chat's database as the watcher of lost questions reads it. Both reject where MongoDB does. */
export interface QuestionSource {
  /** Messages sent after `after`, up to and including `until`, oldest first. */
  messages(after: Date, until: Date, signal: AbortSignal): AsyncIterable<Document>;
  /** Rooms by id; those that are gone are missing. */
  rooms(roomIds: readonly string[]): Promise<ReadonlyMap<string, AskedIn>>;
}

/** What the webhook tells of the room of a question. */
export interface AskedIn {
  /** Rocket.Chat's letter: `c`, `p`, `d`, `l` … */
  readonly type: string;
  readonly name?: string;
}
