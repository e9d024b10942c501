import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * JSON documents by id in one SQLite file per stand-in: what a vendor would still know after its own restart. Every
 * write is in the file's log when the call returns, so `kill -9` loses nothing that was answered.
 */
export interface DocumentTable<T> {
  get(id: string): T | undefined;
  /** Replaces the document under this id, keeping its place in `all`. */
  put(id: string, document: T): void;
  delete(id: string): boolean;
  /** In the order in which the ids were first put. */
  all(): T[];
}

export interface StandInDatabase {
  /** `check` refuses rows that another version of the stand-in wrote. */
  table<T>(name: string, check: (row: unknown) => T): DocumentTable<T>;
  close(): void;
}

export function openDatabase(stateDirectory: string): StandInDatabase {
  mkdirSync(stateDirectory, { recursive: true });
  const database = new DatabaseSync(path.join(stateDirectory, 'state.sqlite'));
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000;');
  return {
    close: () => database.close(),
    table<T>(name: string, check: (row: unknown) => T): DocumentTable<T> {
      database.exec(
        `CREATE TABLE IF NOT EXISTS "${name}" (seq INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, document TEXT NOT NULL)`,
      );
      const one = database.prepare(`SELECT document FROM "${name}" WHERE id = ?`);
      const every = database.prepare(`SELECT document FROM "${name}" ORDER BY seq`);
      const put = database.prepare(
        `INSERT INTO "${name}" (id, document) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET document = excluded.document`,
      );
      const remove = database.prepare(`DELETE FROM "${name}" WHERE id = ?`);
      const read = (row: Record<string, unknown>): T => check(JSON.parse(String(row['document'])));
      return {
        get(id) {
          const row = one.get(id);
          return row === undefined ? undefined : read(row);
        },
        put(id, document) {
          put.run(id, JSON.stringify(document));
        },
        delete: id => remove.run(id).changes > 0,
        all: () => every.all().map(read),
      };
    },
  };
}
