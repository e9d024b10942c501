import { DurableObject } from 'cloudflare:workers';

/**
 * Durable Object with the one list of conversations that have something to answer, for `GET /status`. Nobody's answer
 * depends on it. A conversation numbers what it takes in, and the two messages about a question may overtake each other:
 * "settled up to n" never wipes out what came after, and a "taken" that arrives behind it counts for nothing.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS taken (conversation TEXT, number INTEGER, at INTEGER, PRIMARY KEY (conversation, number));
  CREATE TABLE IF NOT EXISTS settled (conversation TEXT PRIMARY KEY, number INTEGER, at INTEGER);
`;
/** A message to this object that is later than this was lost with its sender. */
const OVERTAKEN_MAX_MS = 3_600_000;

export class QuestionsInWork extends DurableObject {
  readonly #sql: SqlStorage;

  constructor(state: DurableObjectState, environment: Cloudflare.Env) {
    super(state, environment);
    this.#sql = state.storage.sql;
    this.#sql.exec(TABLES);
  }

  taken(conversation: string, number: number): void {
    this.#sql.exec(
      `INSERT OR IGNORE INTO taken (conversation, number, at) SELECT ?1, ?2, ?3
       WHERE NOT EXISTS (SELECT 1 FROM settled WHERE conversation = ?1 AND number >= ?2)`,
      conversation,
      number,
      Date.now(),
    );
  }

  settled(conversation: string, upTo: number): void {
    const now = Date.now();
    this.#sql.exec('DELETE FROM taken WHERE conversation = ? AND number <= ?', conversation, upTo);
    this.#sql.exec(
      'INSERT OR REPLACE INTO settled (conversation, number, at) VALUES (?, ?, ?)',
      conversation,
      upTo,
      now,
    );
    this.#sql.exec('DELETE FROM settled WHERE at < ?', now - OVERTAKEN_MAX_MS);
  }

  /** Questions taken in and not settled, and since when the oldest of them waits. */
  summary(): WorkSummary {
    const row = this.#sql
      .exec<{ count: number; oldest: number | null }>('SELECT count(*) AS count, min(at) AS oldest FROM taken')
      .one();
    return { questionsInWork: row.count, oldestMs: row.oldest === null ? 0 : Date.now() - row.oldest };
  }
}

export interface WorkSummary {
  readonly questionsInWork: number;
  readonly oldestMs: number;
}

/** The one object of this class. */
export const IN_WORK_NAME = 'all';
