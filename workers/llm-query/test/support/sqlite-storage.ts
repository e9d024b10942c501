import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { QuestionLog } from '../../src/conversation/question-log.ts';

type Storage = ConstructorParameters<typeof QuestionLog>[0];

/** A Durable Object's `storage.sql` on Node's own SQLite, as far as a conversation uses it. */
export function sqliteStorage(): Storage {
  const database = new DatabaseSync(':memory:');
  const exec = (query: string, ...bindings: SQLInputValue[]) => {
    if (query.includes(';')) {
      database.exec(query); // several statements, which `prepare` does not take
      return { toArray: () => [], one: () => undefined };
    }
    const rows = database.prepare(query).all(...bindings);
    return { toArray: () => rows, one: () => rows[0] };
  };
  return { exec } as Storage;
}
