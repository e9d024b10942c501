/**
 * What of a conversation's deliveries must survive a crash, beside its questions in the same SQLite: which parts of an
 * answer stand in the chat, and which questions may carry the mark that they are being looked at. Synchronous.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS posted_part (
    message_id TEXT NOT NULL,
    part INTEGER NOT NULL,
    PRIMARY KEY (message_id, part)
  );
  CREATE TABLE IF NOT EXISTS looking_mark (
    message_id TEXT PRIMARY KEY,
    since INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    due_at INTEGER NOT NULL
  );
`;

export interface LookingMark {
  readonly messageId: string;
  /** Milliseconds since the epoch. */
  readonly since: number;
  /** How often taking it away failed. */
  readonly tries: number;
}

export class DeliveryLog {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#sql.exec(TABLES);
  }

  isPosted(messageId: string, part: number): boolean {
    const found = this.#sql.exec('SELECT 1 FROM posted_part WHERE message_id = ? AND part = ?', messageId, part);
    return found.toArray().length > 0;
  }

  /** Stands in the chat in the words of the answer that is kept now. */
  markPosted(messageId: string, part: number): void {
    this.#sql.exec('INSERT OR IGNORE INTO posted_part (message_id, part) VALUES (?, ?)', messageId, part);
  }

  /** Other words are to be posted, or the answer is complete. */
  forgetPosted(messageId: string): void {
    this.#sql.exec('DELETE FROM posted_part WHERE message_id = ?', messageId);
  }

  /** Kept before the mark is set, so that a crash leaves none behind. */
  addMark(messageId: string, now: number): void {
    this.#sql.exec(
      'INSERT OR IGNORE INTO looking_mark (message_id, since, tries, due_at) VALUES (?1, ?2, 0, ?2)',
      messageId,
      now,
    );
  }

  removeMark(messageId: string): void {
    this.#sql.exec('DELETE FROM looking_mark WHERE message_id = ?', messageId);
  }

  tryMarkAgainAt(messageId: string, dueAt: number): void {
    this.#sql.exec('UPDATE looking_mark SET tries = tries + 1, due_at = ? WHERE message_id = ?', dueAt, messageId);
  }

  mark(messageId: string): LookingMark | undefined {
    return this.#marks().find(mark => mark.messageId === messageId);
  }

  /** Marks that were to be gone by now, whether or not their question is still in work. */
  marksDue(now: number): LookingMark[] {
    return this.#marks().filter(mark => mark.dueAt <= now);
  }

  /** When the next mark of these questions is to be taken away; undefined when there is none. */
  nextMarkDueAt(isWanted: (messageId: string) => boolean): number | undefined {
    const dueAt = this.#marks().flatMap(mark => (isWanted(mark.messageId) ? mark.dueAt : []));
    return dueAt.length === 0 ? undefined : Math.min(...dueAt);
  }

  #marks(): (LookingMark & { readonly dueAt: number })[] {
    return this.#sql
      .exec<{ message_id: string; since: number; tries: number; due_at: number }>('SELECT * FROM looking_mark')
      .toArray()
      .map(row => ({ messageId: row.message_id, since: row.since, tries: row.tries, dueAt: row.due_at }));
  }
}
