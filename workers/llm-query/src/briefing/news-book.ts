import * as z from 'zod/mini';
import { BookingState, lastDayOf } from './booking-state.ts';
import type { BriefingStorage } from './briefing-storage.ts';

/**
 * What is known of bookings, and which changes wait to be told, in the Durable Object's own SQLite. Synchronous.
 * Instants are milliseconds since the epoch.
 */
export interface WaitingChange {
  readonly key: string;
  /** As it stood before the first of these changes; undefined when it was never looked at. */
  readonly before: BookingState | undefined;
  readonly latest: BookingState;
  /** Never looked at before, and made since the announcements were switched on. */
  readonly isNew: boolean;
  readonly firstAtMs: number;
  readonly latestAtMs: number;
}

/** How far the changes of bookings were followed. */
export interface Followed {
  /** Nothing that happened before is announced. */
  readonly sinceMs: number;
  /** Changes up to then were looked at. */
  readonly upToMs: number;
  /** When it was last looked far back. */
  readonly farBackAtMs: number;
}

const Waiting = z.object({ before: z.optional(BookingState), latest: BookingState, isNew: z.boolean() });

const TABLES = [
  `CREATE TABLE IF NOT EXISTS followed (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    since INTEGER NOT NULL,
    up_to INTEGER NOT NULL,
    far_back_at INTEGER NOT NULL
  )`,
  'CREATE TABLE IF NOT EXISTS known (key TEXT PRIMARY KEY, state TEXT NOT NULL, last_day TEXT NOT NULL)',
  `CREATE TABLE IF NOT EXISTS waiting (
    key TEXT PRIMARY KEY, change TEXT NOT NULL, first_at INTEGER NOT NULL, latest_at INTEGER NOT NULL
  )`,
];

type WaitingRow = { key: string; change: string; first_at: number; latest_at: number };

export class NewsBook {
  readonly #sql: BriefingStorage;

  constructor(sql: BriefingStorage) {
    this.#sql = sql;
    for (const statement of TABLES) sql.exec(statement);
  }

  /** Undefined before the first look since announcements were switched on. */
  followed(): Followed | undefined {
    const [row] = this.#sql
      .exec<{ since: number; up_to: number; far_back_at: number }>('SELECT * FROM followed')
      .toArray();
    return row && { sinceMs: row.since, upToMs: row.up_to, farBackAtMs: row.far_back_at };
  }

  follow({ sinceMs, upToMs, farBackAtMs }: Followed): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO followed (only, since, up_to, far_back_at) VALUES (1, ?, ?, ?)',
      sinceMs,
      upToMs,
      farBackAtMs,
    );
  }

  known(key: string): BookingState | undefined {
    const [row] = this.#sql.exec<{ state: string }>('SELECT state FROM known WHERE key = ?', key).toArray();
    return row && BookingState.safeParse(JSON.parse(row.state)).data; // kept by an older version: never looked at
  }

  learn(key: string, state: BookingState): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO known (key, state, last_day) VALUES (?, ?, ?)',
      key,
      JSON.stringify(state),
      lastDayOf(state),
    );
  }

  waiting(key: string): WaitingChange | undefined {
    return this.#sql.exec<WaitingRow>('SELECT * FROM waiting WHERE key = ?', key).toArray().flatMap(waitingChange)[0];
  }

  allWaiting(): WaitingChange[] {
    return this.#sql.exec<WaitingRow>('SELECT * FROM waiting ORDER BY first_at, key').toArray().flatMap(waitingChange);
  }

  wait({ key, before, latest, isNew, firstAtMs, latestAtMs }: WaitingChange): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO waiting (key, change, first_at, latest_at) VALUES (?, ?, ?, ?)',
      key,
      JSON.stringify({ before, latest, isNew } satisfies z.infer<typeof Waiting>),
      firstAtMs,
      latestAtMs,
    );
  }

  /** The change was told, or turned out to be none: from now on this is how the booking is known. */
  told({ key, latest }: WaitingChange): void {
    this.learn(key, latest);
    this.#sql.exec('DELETE FROM waiting WHERE key = ?', key);
  }

  /** Forgets bookings that ended before `day` (`YYYY-MM-DD`). */
  forgetBefore(day: string): void {
    this.#sql.exec('DELETE FROM known WHERE last_day < ?', day);
  }

  /** Nobody is told any more: whoever switches it on again starts anew. */
  forget(): void {
    for (const table of ['followed', 'known', 'waiting']) this.#sql.exec(`DELETE FROM ${table}`);
  }
}

function waitingChange(row: WaitingRow): WaitingChange[] {
  const change = Waiting.safeParse(JSON.parse(row.change)).data;
  if (change === undefined) return []; // kept by an older version of this code, in the few minutes it waits
  const { before, latest, isNew } = change;
  return [{ key: row.key, before, latest, isNew, firstAtMs: row.first_at, latestAtMs: row.latest_at }];
}
