import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** What SQLite can hold here. */
export type SqlValue = string | number | bigint | null | Uint8Array;

/** One SQLite file, or memory. Statements are prepared once. */
export interface Database {
  prepare(sql: string): StatementSync;
  execute(sql: string): void;
  /** All or nothing; durable when it returns. Nothing may be awaited inside. */
  transact<T>(write: () => T): T;
  close(): void;
}

/** Their texts vary with the shape of queries, which has no end. */
const STATEMENTS_MAX = 500;

export function openDatabase(stateDirectory: string | undefined): Database {
  if (stateDirectory !== undefined) mkdirSync(stateDirectory, { recursive: true });
  const location = stateDirectory === undefined ? ':memory:' : path.join(stateDirectory, 'mongodb.sqlite');
  const database = new DatabaseSync(location);
  // NORMAL: a commit is in the file's log, which the death of the process does not touch; only a power cut could lose
  // the last ones. The page cache is kept small because the operating system caches the file anyway.
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;
    PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY;
  `);
  const statements = new Map<string, StatementSync>();
  const prepare = (sql: string): StatementSync => {
    const statement = statements.get(sql) ?? database.prepare(sql);
    if (statements.size >= STATEMENTS_MAX) statements.clear();
    statements.set(sql, statement);
    return statement;
  };
  return {
    prepare,
    execute: sql => database.exec(sql),
    transact(write) {
      prepare('BEGIN IMMEDIATE').run();
      try {
        const result = write();
        prepare('COMMIT').run();
        return result;
      } catch (error) {
        prepare('ROLLBACK').run();
        throw error;
      }
    },
    close: () => database.close(),
  };
}
