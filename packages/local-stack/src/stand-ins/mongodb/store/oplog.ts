import { type ClusterTime, nextClusterTime } from './cluster-time.ts';
import type { Database } from './database.ts';

/**
 * Everything that happened, in order, as far back as its size allows: what change streams read. The newest entry is
 * never dropped, so that a cluster time is never given out twice, restarts included.
 */
export type OplogKind = 'insert' | 'update' | 'replace' | 'delete' | 'drop' | 'rename' | 'dropDatabase' | 'noop';

export interface NewEntry {
  readonly kind: OplogKind;
  readonly db: string;
  readonly collection: string;
  /** Identity of the collection, which outlives its name. */
  readonly uuid: Uint8Array | null;
  /** BSON `{_id}`. */
  readonly documentKey?: Uint8Array;
  /** BSON: the document inserted or put in place; after an update only where images are kept. */
  readonly document?: Uint8Array | undefined;
  /** BSON: the document before, where images are kept. */
  readonly before?: Uint8Array | undefined;
  /** BSON: `updateDescription`, or `{db, coll}` of a rename's target. */
  readonly description?: Uint8Array;
}

export interface OplogEntry extends Required<NewEntry> {
  readonly time: ClusterTime;
  readonly wallMs: number;
}

export interface Oplog {
  /** Within a transaction of the caller. */
  append(entry: NewEntry): ClusterTime;
  /** Calls back once something was appended after `time`, as soon as it is durable; returns how to stop waiting. */
  waitBeyond(time: ClusterTime, wake: () => void): () => void;
  /** To be called after a commit. */
  wake(): void;
  /** Entries from `from` on, in order. */
  read(from: ClusterTime, limit: number): Iterable<OplogEntry>;
  last(): ClusterTime;
  first(): ClusterTime;
  /** The latest entry that no longer exists because of its age; 0 if none was dropped since the start. */
  droppedUpTo(): ClusterTime;
  /** Forgets everything up to now. */
  forget(): void;
  resize(bytesMax: number): void;
}

export interface OplogOptions {
  readonly bytesMax: number;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Of an entry beside its documents. */
const ENTRY_OVERHEAD_BYTES = 64;

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS oplog (
    time INTEGER PRIMARY KEY, wall INTEGER NOT NULL, kind TEXT NOT NULL, db TEXT NOT NULL, collection TEXT NOT NULL,
    uuid BLOB, document_key BLOB, document BLOB, before BLOB, description BLOB,
    bytes_so_far INTEGER NOT NULL -- of all entries ever, this one included: the size is a difference
  ) STRICT;
`;

export function openOplog(database: Database, options: OplogOptions): Oplog {
  database.execute(SCHEMA);
  const insert = database.prepare('INSERT INTO oplog VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const readFrom = database.prepare('SELECT * FROM oplog WHERE time >= ? ORDER BY time LIMIT ?');
  const oldest = database.prepare('SELECT time, bytes_so_far FROM oplog ORDER BY time LIMIT 1');
  const newest = database.prepare('SELECT time, bytes_so_far FROM oplog ORDER BY time DESC LIMIT 1');
  const oldestWithin = database.prepare('SELECT min(time) AS time FROM oplog WHERE bytes_so_far > ?');
  const newestBefore = database.prepare('SELECT max(time) AS time FROM oplog WHERE time < ?');
  const dropBefore = database.prepare('DELETE FROM oplog WHERE time < ?');

  const waiting = new Map<() => void, ClusterTime>();
  let { bytesMax } = options;
  const edge = newest.get();
  let last = Number(edge?.['time'] ?? 0);
  let bytesSoFar = Number(edge?.['bytes_so_far'] ?? 0);
  let bytesDropped = Number(oldest.get()?.['bytes_so_far'] ?? 0);

  let droppedUpTo = 0;

  /** Drops what is older than `time`, which must be an entry's. */
  const dropOlder = (time: ClusterTime): void => {
    droppedUpTo = Number(newestBefore.get(time)?.['time'] ?? droppedUpTo);
    dropBefore.run(time);
    bytesDropped = Number(oldest.get()?.['bytes_so_far'] ?? 0);
  };
  const shrink = (): void => {
    const keepFrom = oldestWithin.get(bytesSoFar - bytesMax)?.['time'];
    dropOlder(typeof keepFrom === 'number' ? keepFrom : last);
  };

  const append = (entry: NewEntry): ClusterTime => {
    const wallMs = options.now();
    last = nextClusterTime(last, Math.floor(wallMs / 1000));
    const documents = [entry.documentKey, entry.document, entry.before, entry.description];
    bytesSoFar += documents.reduce((sum, document) => sum + (document?.length ?? 0), ENTRY_OVERHEAD_BYTES);
    insert.run(
      last,
      wallMs,
      entry.kind,
      entry.db,
      entry.collection,
      entry.uuid,
      entry.documentKey ?? null,
      entry.document ?? null,
      entry.before ?? null,
      entry.description ?? null,
      bytesSoFar,
    );
    // Now and then, not at every entry: a sixteenth of the size may be over.
    if (bytesSoFar - bytesDropped > bytesMax * (17 / 16)) shrink();
    return last;
  };

  return {
    append,
    waitBeyond(time, wake) {
      waiting.set(wake, time);
      return () => waiting.delete(wake);
    },
    wake() {
      for (const [wake, time] of waiting) {
        if (time >= last) continue;
        waiting.delete(wake);
        wake();
      }
    },
    *read(from, limit) {
      for (const row of readFrom.all(from, limit)) yield toEntry(row);
    },
    last: () => last,
    first: () => Number(oldest.get()?.['time'] ?? 0),
    droppedUpTo: () => droppedUpTo,
    forget: () => database.transact(() => dropOlder(append(NOOP))),
    resize(next) {
      bytesMax = next;
      database.transact(shrink);
    },
  };
}

/** Keeps the cluster's time moving while nothing happens. */
export const NOOP: NewEntry = { kind: 'noop', db: '', collection: '', uuid: null };

function toEntry(row: Record<string, unknown>): OplogEntry {
  const bytes = (name: string): Uint8Array => (row[name] instanceof Uint8Array ? row[name] : EMPTY);
  return {
    time: Number(row['time']),
    wallMs: Number(row['wall']),
    kind: row['kind'] as OplogKind,
    db: String(row['db']),
    collection: String(row['collection']),
    uuid: row['uuid'] instanceof Uint8Array ? row['uuid'] : null,
    documentKey: bytes('document_key'),
    document: row['document'] instanceof Uint8Array ? row['document'] : undefined,
    before: row['before'] instanceof Uint8Array ? row['before'] : undefined,
    description: bytes('description'),
  };
}

const EMPTY = Buffer.from([5, 0, 0, 0, 0]); // `{}` in BSON
