import type { Booking, TokenLimits, TokenRequest } from './token-limits.ts';

/**
 * Tokens of the language model used today, in SQLite, per person and altogether. A call is booked before it is made,
 * with what it may use at most, and corrected to what it used; whose end nobody saw stays booked in full. Synchronous.
 */
const TABLES = `
  CREATE TABLE IF NOT EXISTS used (
    id INTEGER PRIMARY KEY,
    day INTEGER NOT NULL,
    person TEXT NOT NULL,
    tokens INTEGER NOT NULL
  );
  CREATE INDEX IF NOT EXISTS used_by_day ON used (day, person);
`;
/** Days are UTC's, whatever the homes' zones: what the model's vendor bills by. */
const DAY_MS = 24 * 3_600_000;

export class TokenLedger {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#sql.exec(TABLES);
  }

  /** `now` in milliseconds since the epoch. */
  book({ person, tokens }: TokenRequest, limits: TokenLimits, now: number): Booking {
    const day = Math.floor(now / DAY_MS);
    const until = (day + 1) * DAY_MS;
    this.#sql.exec('DELETE FROM used WHERE day < ?', day);
    if (this.#used(day, person) + tokens > limits.perPersonAndDay) return { kind: 'used_up', by: 'person', until };
    if (this.#used(day) + tokens > limits.perDay) return { kind: 'used_up', by: 'everybody', until };
    const { id } = this.#sql
      .exec<{ id: number }>('INSERT INTO used (day, person, tokens) VALUES (?, ?, ?) RETURNING id', day, person, tokens)
      .one();
    return { kind: 'booked', id };
  }

  /** What the call of this booking really used; none for a call that was never made. */
  correct(id: number, tokens: number): void {
    this.#sql.exec('UPDATE used SET tokens = ? WHERE id = ?', tokens, id);
  }

  #used(day: number, person?: string): number {
    const ofPerson = person === undefined ? '' : ' AND person = ?';
    return this.#sql
      .exec<{ tokens: number }>(
        `SELECT coalesce(sum(tokens), 0) AS tokens FROM used WHERE day = ?${ofPerson}`,
        ...(person === undefined ? [day] : [day, person]),
      )
      .one().tokens;
  }
}
