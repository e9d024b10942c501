import type { Database } from './database.ts';

/**
 * Answers of retryable writes, so that a write that is sent again because its answer was lost is not done again. One per
 * session, as a session's next write tells that the last answer arrived.
 */
export interface RetryRecords {
  find(session: Uint8Array): { readonly number: bigint; readonly reply: Uint8Array } | undefined;
  /** Within the transaction of the write. */
  put(session: Uint8Array, number: bigint, reply: Uint8Array): void;
  forget(session: Uint8Array): void;
}

/** As long as the server keeps an unused session. */
const SESSION_MS = 30 * 60 * 1000;

export function openRetryRecords(database: Database, now: () => number): RetryRecords {
  database.execute(`
    CREATE TABLE IF NOT EXISTS retries (
      session BLOB PRIMARY KEY, number INTEGER NOT NULL, reply BLOB NOT NULL, used_at INTEGER NOT NULL
    ) STRICT;
  `);
  database.prepare('DELETE FROM retries WHERE used_at < ?').run(now() - SESSION_MS);
  const get = database.prepare('SELECT CAST(number AS TEXT) AS number, reply FROM retries WHERE session = ?');
  const put = database.prepare('INSERT OR REPLACE INTO retries VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM retries WHERE session = ?');
  return {
    find(session) {
      const row = get.get(session);
      return row === undefined
        ? undefined
        : { number: BigInt(String(row['number'])), reply: row['reply'] as Uint8Array };
    },
    put: (session, number, reply) => void put.run(session, number, reply, now()),
    forget: session => void remove.run(session),
  };
}
