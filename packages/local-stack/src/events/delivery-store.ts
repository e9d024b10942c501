import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

/**
 * What the gateway has accepted and not yet delivered, on disk: an event is in here before the emulator hears that it
 * was taken, and leaves only when its receiver accepted it. Beside it, what is known of each watched document, so that
 * a start can tell which changes were missed.
 */
export interface DeliveryStore {
  /** Durable when it returns. An event whose id a route already holds is not added twice. */
  add(deliveries: readonly NewDelivery[], observations?: readonly Observation[]): void;
  /**
   * Up to `limit` due deliveries of a route, oldest first, which nobody else gets until `settle` or `postpone`. Of one
   * ordering key only the oldest is ever out.
   */
  take(route: string, limit: number): readonly Delivery[];
  settle(row: number): void;
  /** Puts a failed delivery back, to be due at `dueAtMs`. */
  postpone(row: number, dueAtMs: number): void;
  /** When the next delivery that is not out becomes due, in milliseconds. */
  nextDueAtMs(route: string): number | undefined;
  pending(route: string): PendingDeliveries;
  /** Update times in microseconds by document path, of what a route has been told exists. */
  knownDocuments(route: string): ReadonlyMap<string, bigint>;
  close(): void;
}

export interface NewDelivery {
  readonly route: string;
  readonly eventId: string;
  /** What the route's sender needs to build the request, as JSON. */
  readonly attributes: unknown;
  readonly body: Uint8Array;
  /** Empty for deliveries that need no order. */
  readonly orderingKey: string;
}

export interface Delivery extends NewDelivery {
  readonly row: number;
  readonly acceptedAtMs: number;
  readonly failures: number;
}

/** The state of a document as of one event: `undefined` when it is gone. */
export interface Observation {
  readonly route: string;
  readonly document: string;
  readonly updateMicros: bigint | undefined;
}

export interface PendingDeliveries {
  readonly waiting: number;
  readonly inFlight: number;
  /** Of those waiting, how many failed before. */
  readonly retrying: number;
}

const DeliveryRow = z.object({
  row: z.int(),
  route: z.string(),
  event_id: z.string(),
  attributes: z.string(),
  body: z.instanceof(Uint8Array),
  ordering_key: z.string(),
  accepted_at: z.int(),
  failures: z.int(),
});
const DueRow = z.object({ due_at: z.int() }).optional();
const CountRow = z.object({ waiting: z.int(), inFlight: z.int(), retrying: z.int() });
const KnownRow = z.object({ document: z.string(), update_micros: z.bigint() });

export function openDeliveryStore(file: string, now: () => number): DeliveryStore {
  const database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA temp_store = MEMORY;
    CREATE TABLE IF NOT EXISTS deliveries (
      row INTEGER PRIMARY KEY AUTOINCREMENT,
      route TEXT NOT NULL,
      event_id TEXT NOT NULL,
      attributes TEXT NOT NULL,
      body BLOB NOT NULL,
      ordering_key TEXT NOT NULL,
      accepted_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      failures INTEGER NOT NULL DEFAULT 0,
      UNIQUE (route, event_id)
    ) STRICT;
    CREATE INDEX IF NOT EXISTS deliveries_by_due ON deliveries (route, due_at, row);
    CREATE INDEX IF NOT EXISTS deliveries_by_key ON deliveries (route, ordering_key, row) WHERE ordering_key <> '';
    CREATE TABLE IF NOT EXISTS documents (
      route TEXT NOT NULL,
      document TEXT NOT NULL,
      update_micros INTEGER NOT NULL,
      PRIMARY KEY (route, document)
    ) STRICT, WITHOUT ROWID;
    CREATE TEMP TABLE out (row INTEGER PRIMARY KEY);
  `);

  const insert = database.prepare(`INSERT OR IGNORE INTO deliveries
    (route, event_id, attributes, body, ordering_key, accepted_at, due_at) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const observe = database.prepare(`INSERT INTO documents VALUES (?, ?, ?)
    ON CONFLICT (route, document) DO UPDATE SET update_micros = max(update_micros, excluded.update_micros)`);
  const forget = database.prepare('DELETE FROM documents WHERE route = ? AND document = ?');
  const isFree = `row NOT IN (SELECT row FROM out) AND (ordering_key = '' OR NOT EXISTS (SELECT 1 FROM deliveries AS older
      WHERE older.route = deliveries.route AND older.ordering_key = deliveries.ordering_key
        AND older.row < deliveries.row))`;
  const selectDue = database.prepare(`SELECT row, route, event_id, attributes, body, ordering_key, accepted_at, failures
    FROM deliveries WHERE route = ? AND due_at <= ? AND ${isFree} ORDER BY due_at, row LIMIT ?`);
  const selectNext = database.prepare(`SELECT due_at FROM deliveries WHERE route = ? AND ${isFree}
    ORDER BY due_at, row LIMIT 1`);
  const takeOut = database.prepare('INSERT INTO out VALUES (?)');
  const putBack = database.prepare('DELETE FROM out WHERE row = ?');
  const remove = database.prepare('DELETE FROM deliveries WHERE row = ?');
  const delay = database.prepare('UPDATE deliveries SET failures = failures + 1, due_at = ? WHERE row = ?');
  const count = database.prepare(`SELECT
      count(*) FILTER (WHERE NOT held) AS waiting,
      count(*) FILTER (WHERE held) AS inFlight,
      count(*) FILTER (WHERE failures > 0 AND NOT held) AS retrying
    FROM (SELECT failures, row IN (SELECT row FROM out) AS held FROM deliveries WHERE route = ?)`);
  const selectKnown = database.prepare('SELECT document, update_micros FROM documents WHERE route = ?');
  selectKnown.setReadBigInts(true);

  return {
    add(deliveries, observations = []) {
      // Accepting waits for the disk. Forgetting does not: lost in a power cut, it delivers once more.
      database.exec('PRAGMA synchronous = FULL; BEGIN IMMEDIATE');
      try {
        const at = now();
        for (const { route, eventId, attributes, body, orderingKey } of deliveries) {
          insert.run(route, eventId, JSON.stringify(attributes), body, orderingKey, at, at);
        }
        for (const { route, document, updateMicros } of observations) {
          if (updateMicros === undefined) forget.run(route, document);
          else observe.run(route, document, updateMicros);
        }
        database.exec('COMMIT');
      } catch (error) {
        database.exec('ROLLBACK');
        throw error;
      } finally {
        database.exec('PRAGMA synchronous = NORMAL');
      }
    },

    take(route, limit) {
      const rows = z.array(DeliveryRow).parse(selectDue.all(route, now(), limit));
      for (const { row } of rows) takeOut.run(row);
      return rows.map(row => ({
        row: row.row,
        route: row.route,
        eventId: row.event_id,
        attributes: JSON.parse(row.attributes) as unknown,
        body: row.body,
        orderingKey: row.ordering_key,
        acceptedAtMs: row.accepted_at,
        failures: row.failures,
      }));
    },

    settle(row) {
      remove.run(row);
      putBack.run(row);
    },

    postpone(row, dueAtMs) {
      delay.run(dueAtMs, row);
      putBack.run(row);
    },

    nextDueAtMs: route => DueRow.parse(selectNext.get(route))?.due_at,
    pending: route => CountRow.parse(count.get(route)),
    knownDocuments: route =>
      new Map(
        z
          .array(KnownRow)
          .parse(selectKnown.all(route))
          .map(row => [row.document, row.update_micros]),
      ),
    close: () => database.close(),
  };
}
