import * as z from 'zod/mini';
import { Announcement } from './announcement.ts';
import type { BriefingStorage } from './briefing-storage.ts';
import type { Occurrence } from './schedule.ts';

/**
 * What is to be posted, was posted, or was skipped, in the Durable Object's own SQLite. One row per room, kind and slot
 * is what makes a briefing once per room and local date. Synchronous; no texts are kept: each try words the post anew.
 */
export interface OpenPost {
  readonly room: string;
  readonly kind: 'morning' | 'evening' | 'bookings';
  /** Local date of a briefing; instant of an announcement. */
  readonly slot: string;
  readonly uselessAtMs: number;
  /** What an announcement is about; empty for a briefing. */
  readonly announcements: readonly Announcement[];
  /** Parts that may stand in the chat already: they are corrected rather than sent. */
  readonly partsSent: number;
  /** Why the latest try came to nothing. */
  readonly problem: string | undefined;
}

type PostRow = {
  room: string;
  kind: OpenPost['kind'];
  slot: string;
  useless_at: number;
  announcements: string;
  parts_sent: number;
  problem: string | null;
};

const TABLES = [
  'CREATE TABLE IF NOT EXISTS round (only INTEGER PRIMARY KEY CHECK (only = 1), at INTEGER NOT NULL)',
  `CREATE TABLE IF NOT EXISTS post (
    room TEXT NOT NULL,
    kind TEXT NOT NULL,
    slot TEXT NOT NULL,
    useless_at INTEGER NOT NULL,
    announcements TEXT NOT NULL,
    parts_sent INTEGER NOT NULL,
    problem TEXT,
    settled INTEGER NOT NULL,
    PRIMARY KEY (room, kind, slot)
  )`,
];

/** Longer than a round ever looks back, so that a settled date is never taken for a new one. */
const REMEMBERED_MS = 14 * 24 * 3_600_000;
const LOOK_BACK_MAX_MS = 7 * 24 * 3_600_000;
/** Who switches briefings on minutes after their time gets that day's; after longer, the next ones. */
const FIRST_LOOK_BACK_MS = 10 * 60_000;

export class PostBook {
  readonly #sql: BriefingStorage;

  constructor(sql: BriefingStorage) {
    this.#sql = sql;
    for (const statement of TABLES) sql.exec(statement);
  }

  /** Up to when it was looked for what is due, in milliseconds since the epoch. */
  lookedUpTo(nowMs: number): number {
    const [row] = this.#sql.exec<{ at: number }>('SELECT at FROM round').toArray();
    return row === undefined ? nowMs - FIRST_LOOK_BACK_MS : Math.max(row.at, nowMs - LOOK_BACK_MAX_MS);
  }

  /** Takes in what fell due; a date that was taken in before, at another time of day, stays as it is. */
  takeIn(due: readonly Occurrence[], nowMs: number): void {
    for (const { room, kind, date, uselessAtMs } of due) this.#add(room, kind, date, uselessAtMs, []);
    this.#sql.exec('DELETE FROM post WHERE settled = 1 AND useless_at < ?', nowMs - REMEMBERED_MS);
    this.#sql.exec(
      'INSERT INTO round (only, at) VALUES (1, ?1) ON CONFLICT (only) DO UPDATE SET at = max(at, ?1)',
      nowMs,
    );
  }

  announce(room: string, slot: string, uselessAtMs: number, announcements: readonly Announcement[]): void {
    this.#add(room, 'bookings', slot, uselessAtMs, announcements);
  }

  open(): OpenPost[] {
    return this.#sql
      .exec<PostRow>('SELECT * FROM post WHERE settled = 0 ORDER BY useless_at, room, kind, slot')
      .toArray()
      .map(row => ({
        room: row.room,
        kind: row.kind,
        slot: row.slot,
        uselessAtMs: row.useless_at,
        announcements: z.array(Announcement).parse(JSON.parse(row.announcements)),
        partsSent: row.parts_sent,
        problem: row.problem ?? undefined,
      }));
  }

  /** Noted before the first of them is sent, so that nothing a crash leaves behind is taken for somebody else's. */
  noteParts({ room, kind, slot }: OpenPost, count: number): void {
    this.#sql.exec(
      'UPDATE post SET parts_sent = max(parts_sent, ?) WHERE room = ? AND kind = ? AND slot = ?',
      count,
      room,
      kind,
      slot,
    );
  }

  noteProblem({ room, kind, slot }: OpenPost, problem: string): void {
    this.#sql.exec('UPDATE post SET problem = ? WHERE room = ? AND kind = ? AND slot = ?', problem, room, kind, slot);
  }

  settle({ room, kind, slot }: OpenPost): void {
    this.#sql.exec(
      `UPDATE post SET settled = 1, announcements = '[]' WHERE room = ? AND kind = ? AND slot = ?`,
      room,
      kind,
      slot,
    );
  }

  #add(
    room: string,
    kind: OpenPost['kind'],
    slot: string,
    uselessAtMs: number,
    announcements: readonly Announcement[],
  ): void {
    this.#sql.exec(
      `INSERT OR IGNORE INTO post (room, kind, slot, useless_at, announcements, parts_sent, settled)
       VALUES (?, ?, ?, ?, ?, 0, 0)`,
      room,
      kind,
      slot,
      uselessAtMs,
      JSON.stringify(announcements),
    );
  }
}
