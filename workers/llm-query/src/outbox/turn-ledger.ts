import type { Waiting } from './fair-order.ts';
import { fairOrder } from './fair-order.ts';

/**
 * Who may call which endpoint of Rocket.Chat when, in SQLite: the turns of the last minute, those who wait, and what
 * the server said. It hands out turns and keeps no words: whoever gets a turn posts, and asks anew where it died before.
 * Synchronous; times are milliseconds since the epoch, passed in.
 */
export interface TurnRequest {
  readonly endpoint: string;
  /** The same each time the same call is asked for. */
  readonly ticket: string;
  readonly asker: string;
  /** `courtesy` is never queued and takes only what others leave. */
  readonly urgency: Waiting['urgency'] | 'courtesy';
}

export type Turn =
  /** To be used within `TURN_USABLE_MS`. */
  | { readonly kind: 'granted' }
  /** Rocket.Chat does not count this bot here: no turn is needed. */
  | { readonly kind: 'exempt' }
  /** Ask again then; whoever does not is passed over. */
  | { readonly kind: 'later'; readonly at: number };

/** Rocket.Chat's default; a server that allows less says so by refusing. */
export const TURNS_PER_WINDOW = 10;
/** A turn may be asked for ahead of the call, so that asking costs a question no time. */
export const TURN_USABLE_MS = 3_000;
/** A call is given up after 4 s, so this long after its turn it has reached the server or never will. */
const ON_ITS_WAY_MS_MAX = 5_000;
/** Rocket.Chat's minute, and what may lie between a turn and its arrival. */
export const WINDOW_MS = 60_000 + TURN_USABLE_MS + ON_ITS_WAY_MS_MAX;
/**
 * Who is later than this no longer holds others up: an alarm after a crash comes 2 s late, and notices come with the
 * next minute's round.
 */
const LATE_MS_MAX = { answer: 4_000, notice: 65_000 } as const;
/** A ticket nobody asked for again is kept so long, with the place its waiting earned. */
const FORGET_AFTER_MS = 30 * 60_000;
/** Roles change rarely, and every counted reply corrects it. */
const EXEMPT_MS = 24 * 3_600_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS turn (endpoint TEXT NOT NULL, at INTEGER NOT NULL, asker TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS waiting (
    endpoint TEXT NOT NULL,
    ticket TEXT NOT NULL,
    asker TEXT NOT NULL,
    urgency TEXT NOT NULL,
    since INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    PRIMARY KEY (endpoint, ticket)
  );
  CREATE TABLE IF NOT EXISTS told (
    endpoint TEXT PRIMARY KEY,
    closed_until INTEGER NOT NULL,
    exempt_until INTEGER NOT NULL
  );
`;

export class TurnLedger {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#sql.exec(TABLES);
  }

  take(request: TurnRequest, now: number): Turn {
    const { endpoint, ticket, asker } = request;
    const told = this.#told(endpoint);
    if (told.exempt_until > now) {
      this.#leave(endpoint, ticket);
      return { kind: 'exempt' };
    }
    this.#forget(now);
    const had = this.#sql
      .exec<{ at: number; asker: string }>('SELECT at, asker FROM turn WHERE endpoint = ? ORDER BY at', endpoint)
      .toArray();
    const place = request.urgency === 'courtesy' ? this.#courtesyPlace(endpoint, now) : this.#place(request, had, now);
    const hasRoom = place < TURNS_PER_WINDOW - had.length;
    if (hasRoom && told.closed_until <= now) {
      this.#sql.exec('INSERT INTO turn (endpoint, at, asker) VALUES (?, ?, ?)', endpoint, now, asker);
      this.#leave(endpoint, ticket);
      return { kind: 'granted' };
    }
    const at = Math.max(told.closed_until, hasRoom ? now : opensAt(place, had, now));
    this.#sql.exec('UPDATE waiting SET due_at = ? WHERE endpoint = ? AND ticket = ?', at, endpoint, ticket);
    return { kind: 'later', at };
  }

  /** Rocket.Chat refused a call there: nobody gets a turn before. */
  close(endpoint: string, until: number): void {
    const { closed_until: known } = this.#told(endpoint);
    this.#tell(endpoint, Math.max(known, until), 0);
  }

  /** Whether Rocket.Chat counts this bot's calls there. */
  setExempt(endpoint: string, isExempt: boolean, now: number): void {
    this.#tell(endpoint, isExempt ? 0 : this.#told(endpoint).closed_until, isExempt ? now + EXEMPT_MS : 0);
  }

  /** How many are before this one, with itself in the queue from now on. */
  #place(request: TurnRequest, had: readonly { readonly asker: string }[], now: number): number {
    const { endpoint, ticket, asker, urgency } = request;
    this.#sql.exec(
      `INSERT INTO waiting (endpoint, ticket, asker, urgency, since, due_at) VALUES (?1, ?2, ?3, ?4, ?5, ?5)
       ON CONFLICT (endpoint, ticket) DO UPDATE SET due_at = ?5`,
      endpoint,
      ticket,
      asker,
      urgency,
      now,
    );
    const hadBy = new Map<string, number>();
    for (const turn of had) hadBy.set(turn.asker, (hadBy.get(turn.asker) ?? 0) + 1);
    return fairOrder(this.#present(endpoint, now), hadBy, now).findIndex(row => row.ticket === ticket);
  }

  /** Behind everybody, with half a minute's turns left to those who do not come for courtesy. */
  #courtesyPlace(endpoint: string, now: number): number {
    return this.#present(endpoint, now).length + TURNS_PER_WINDOW / 2;
  }

  #present(endpoint: string, now: number): Waiting[] {
    return this.#sql
      .exec<{ ticket: string; asker: string; urgency: Waiting['urgency']; since: number }>(
        `SELECT ticket, asker, urgency, since FROM waiting
         WHERE endpoint = ? AND due_at >= CASE urgency WHEN 'answer' THEN ? ELSE ? END`,
        endpoint,
        now - LATE_MS_MAX.answer,
        now - LATE_MS_MAX.notice,
      )
      .toArray();
  }

  #leave(endpoint: string, ticket: string): void {
    this.#sql.exec('DELETE FROM waiting WHERE endpoint = ? AND ticket = ?', endpoint, ticket);
  }

  #forget(now: number): void {
    this.#sql.exec('DELETE FROM turn WHERE at <= ?', now - WINDOW_MS);
    this.#sql.exec('DELETE FROM waiting WHERE due_at < ?', now - FORGET_AFTER_MS);
  }

  #told(endpoint: string): { readonly closed_until: number; readonly exempt_until: number } {
    const [row] = this.#sql
      .exec<{ closed_until: number; exempt_until: number }>(
        'SELECT closed_until, exempt_until FROM told WHERE endpoint = ?',
        endpoint,
      )
      .toArray();
    return row ?? { closed_until: 0, exempt_until: 0 };
  }

  #tell(endpoint: string, closedUntil: number, exemptUntil: number): void {
    this.#sql.exec(
      'INSERT OR REPLACE INTO told (endpoint, closed_until, exempt_until) VALUES (?, ?, ?)',
      endpoint,
      closedUntil,
      exemptUntil,
    );
  }
}

/** When the turn of a place without room comes: each turn had frees one a window later. */
function opensAt(place: number, had: readonly { readonly at: number }[], now: number): number {
  const starts = had.map(({ at }) => at);
  while (starts.length < TURNS_PER_WINDOW) starts.push(now);
  const next = place - (TURNS_PER_WINDOW - had.length);
  const windows = 1 + Math.floor(next / TURNS_PER_WINDOW);
  return (starts[next % TURNS_PER_WINDOW] ?? now) + windows * WINDOW_MS;
}
