import { VAULT_TOKEN_SECONDS_MAX } from '@innkeeper/shared/contracts/backup/vault-token';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { ObjectType } from '../route.ts';
import type { Deletion, EntryNumber, LedgerEntry, LedgerPage, LedgerQuery, Outcome, Snapshot } from './ledger.ts';

/** One repository's ledger in the SQLite of its Durable Object. Synchronous, so each call is one transaction. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS entry (
    entry INTEGER PRIMARY KEY AUTOINCREMENT,
    action TEXT NOT NULL,
    type TEXT NOT NULL,
    name TEXT NOT NULL,
    subject TEXT NOT NULL,
    token_id TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    at INTEGER NOT NULL,
    uploaded_at INTEGER,
    settled_at INTEGER,
    outcome TEXT
  );
  CREATE INDEX IF NOT EXISTS entry_at ON entry (at);
  CREATE INDEX IF NOT EXISTS entry_name ON entry (name);
  CREATE INDEX IF NOT EXISTS snapshot_token ON entry (token_id) WHERE action = 'snapshot';
  CREATE TABLE IF NOT EXISTS deleted (day TEXT, kind TEXT, number INTEGER NOT NULL, PRIMARY KEY (day, kind));
  CREATE TABLE IF NOT EXISTS reserved (token_id TEXT PRIMARY KEY, bytes INTEGER NOT NULL, at INTEGER NOT NULL);
`;

/** Longer than the oldest monthly snapshot is kept. */
const KEPT_MS = 400 * 86_400_000;
const PAGE_SIZE = 1_000;
/** Twice as long as any token lives. */
const RESERVED_MS = 2 * VAULT_TOKEN_SECONDS_MAX * 1_000;

type EntryRow = {
  entry: number;
  action: 'deletion' | 'snapshot';
  type: ObjectType;
  name: string;
  subject: string;
  token_id: string;
  bytes: number;
  at: number;
  uploaded_at: number | null;
  settled_at: number | null;
  outcome: Outcome | null;
};

export class LedgerTables {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    this.#sql.exec(TABLES);
  }

  /** A try that did not end well and is made again goes on under its own entry and counts once. */
  openDeletion(deletion: Deletion, dailyMax: number): Result<EntryNumber, 'daily_deletions_exhausted'> {
    const { type, name, bytes, subject, tokenId, at, uploadedAt } = deletion;
    const [open] = this.#sql
      .exec<{ entry: number }>(
        `SELECT entry FROM entry
         WHERE name = ? AND type = ? AND action = 'deletion' AND outcome IS NOT 'done' AND token_id = ?`,
        name,
        type,
        tokenId,
      )
      .toArray();
    if (open !== undefined) return ok(this.#reopen(open.entry));
    const kind = KINDS[type];
    if (kind !== undefined && !this.#countDeletion(at, kind, dailyMax)) return err('daily_deletions_exhausted');
    const entry = this.#append('deletion', type, { name, bytes, subject, tokenId, at }, uploadedAt);
    return ok(entry);
  }

  openSnapshot(snapshot: Snapshot, tokenMax: number): Result<EntryNumber, 'snapshots_exhausted'> {
    const { name, tokenId } = snapshot;
    const made = this.#sql
      .exec<{ entry: number; name: string }>(
        "SELECT entry, name FROM entry WHERE action = 'snapshot' AND token_id = ?",
        tokenId,
      )
      .toArray();
    const again = made.find(row => row.name === name);
    if (again !== undefined) return ok(this.#reopen(again.entry));
    if (made.length >= tokenMax) return err('snapshots_exhausted');
    return ok(this.#append('snapshot', 'snapshots', snapshot, undefined));
  }

  reserveBytes(
    { tokenId, bytes, at }: { readonly tokenId: string; readonly bytes: number; readonly at: Date },
    tokenMax: number,
  ): number {
    this.#sql.exec('DELETE FROM reserved WHERE at < ?', at.getTime() - RESERVED_MS);
    const [row] = this.#sql.exec<{ bytes: number }>('SELECT bytes FROM reserved WHERE token_id = ?', tokenId).toArray();
    const granted = Math.max(0, Math.min(bytes, tokenMax - (row?.bytes ?? 0)));
    this.#sql.exec(
      `INSERT INTO reserved (token_id, bytes, at) VALUES (?, ?, ?)
       ON CONFLICT DO UPDATE SET bytes = bytes + excluded.bytes, at = excluded.at`,
      tokenId,
      granted,
      at.getTime(),
    );
    return granted;
  }

  /** What was done stays done, whatever is tried under the same name afterwards. */
  settle(entry: EntryNumber, outcome: Outcome, at: Date): void {
    this.#sql.exec(
      "UPDATE entry SET settled_at = ?, outcome = ? WHERE entry = ? AND outcome IS NOT 'done'",
      at.getTime(),
      outcome,
      entry,
    );
  }

  read({ since, after }: LedgerQuery): LedgerPage {
    const rows = this.#sql
      .exec<EntryRow>(
        'SELECT * FROM entry WHERE entry > ? AND at >= ? ORDER BY entry LIMIT ?',
        after,
        since?.getTime() ?? 0,
        PAGE_SIZE + 1,
      )
      .toArray();
    const entries = rows.slice(0, PAGE_SIZE).map(entryOf);
    return { entries, next: rows.length > PAGE_SIZE ? (entries.at(-1)?.entry ?? null) : null };
  }

  /** How the last try ended no longer says how this one will. */
  #reopen(entry: EntryNumber): EntryNumber {
    this.#sql.exec(
      "UPDATE entry SET settled_at = NULL, outcome = NULL WHERE entry = ? AND outcome IS NOT 'done'",
      entry,
    );
    return entry;
  }

  #append(
    action: LedgerEntry['action'],
    type: ObjectType,
    { name, bytes, subject, tokenId, at }: Snapshot,
    uploadedAt: Date | undefined,
  ): EntryNumber {
    this.#sql.exec('DELETE FROM entry WHERE at < ?', at.getTime() - KEPT_MS);
    return this.#sql
      .exec<{ entry: number }>(
        `INSERT INTO entry (action, type, name, subject, token_id, bytes, at, uploaded_at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?) RETURNING entry`,
        action,
        type,
        name,
        subject,
        tokenId,
        bytes,
        at.getTime(),
        uploadedAt?.getTime() ?? null,
      )
      .one().entry;
  }

  #countDeletion(at: Date, kind: string, dailyMax: number): boolean {
    const day = at.toISOString().slice(0, 10);
    const [row] = this.#sql
      .exec<{ number: number }>('SELECT number FROM deleted WHERE day = ? AND kind = ?', day, kind)
      .toArray();
    if ((row?.number ?? 0) >= dailyMax) return false;
    this.#sql.exec('DELETE FROM deleted WHERE day < ?', day);
    this.#sql.exec(
      'INSERT INTO deleted (day, kind, number) VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET number = number + 1',
      day,
      kind,
    );
    return true;
  }
}

/** What counts together towards a day's number; locks come and go every five minutes and count nowhere. */
const KINDS: Readonly<Partial<Record<ObjectType, string>>> = {
  snapshots: 'snapshots',
  data: 'content',
  index: 'content',
};

function entryOf(row: EntryRow): LedgerEntry {
  return {
    entry: row.entry,
    action: row.action,
    type: row.type,
    name: row.name,
    subject: row.subject,
    tokenId: row.token_id,
    bytes: row.bytes,
    at: new Date(row.at).toISOString(),
    uploadedAt: instant(row.uploaded_at),
    settledAt: instant(row.settled_at),
    outcome: row.outcome,
  };
}

const instant = (milliseconds: number | null): string | null =>
  milliseconds === null ? null : new Date(milliseconds).toISOString();
