import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import { type OutgoingMessage, QueueContentType, type StoredMessage } from './queue-message.ts';
import type { Settlement } from './settle-batch.ts';

/**
 * The queues' disk: a SQLite file in which a message is durable before its producer hears of it. Accepts that arrive
 * together share one commit, because a commit waits for the disk. One process owns the file; what it had handed out
 * when it died is handed out again by the next one.
 */
export interface QueueStore {
  /** Resolves once the messages survive a power cut. They become visible together. */
  accept(messages: readonly OutgoingMessage[]): Promise<void>;
  /** Hands out up to `limit` due messages, oldest first, and keeps them from everybody else until they are settled. */
  take(queue: string, limit: number): readonly StoredMessage[];
  settle(queue: string, settlement: Settlement, deadLetterQueue: string | undefined): void;
  /** Takes messages back whose delivery came to nothing, uncounted, to be due at `dueAtMs`. */
  release(messages: readonly StoredMessage[], dueAtMs: number): void;
  /** Drops what is older than `retentionMs`; returns how many messages that were. */
  expire(retentionMs: number): number;
  /** When the first `limit` messages that are not handed out become or became due, ascending, in milliseconds. */
  nextDueTimes(queue: string, limit: number): readonly number[];
  /** What a producer is told after a send; constant time. */
  metrics(queue: string): QueueMetrics;
  /** For people; reads the whole queue. */
  backlog(queue: string): Backlog;
  /** Names of all queues that hold a message. */
  queues(): readonly string[];
  close(): Promise<void>;
}

export interface Backlog {
  /** Waiting to be handed out now. */
  readonly due: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface QueueMetrics {
  readonly messages: number;
  readonly bytes: number;
  readonly oldestSentAtMs: number | undefined;
}

const MessageRow = z.object({
  row: z.int(),
  queue: z.string(),
  id: z.string(),
  sent_at: z.int(),
  content_type: QueueContentType,
  body: z.instanceof(Uint8Array),
  failed_attempts: z.int(),
});
const DueRow = z.object({ due_at: z.int() });
const TotalsRow = z.object({ messages: z.int(), bytes: z.int() }).default({ messages: 0, bytes: 0 });
const OldestRow = z.object({ oldest: z.int().nullable() });
const BacklogRow = z.object({ due: z.int(), inFlight: z.int(), delayed: z.int() });
const QueueRow = z.object({ queue: z.string() });

interface PendingAccept {
  readonly messages: readonly OutgoingMessage[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

export interface QueueStoreOptions {
  readonly file: string;
  /** Milliseconds. */
  readonly now: () => number;
  readonly createId: () => string;
  /** Called after messages of these queues became durable. */
  readonly onAccepted?: (queues: ReadonlySet<string>) => void;
}

export function openQueueStore(options: QueueStoreOptions): QueueStore {
  const database = new DatabaseSync(options.file);
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA temp_store = MEMORY;
    CREATE TABLE IF NOT EXISTS messages (
      row INTEGER PRIMARY KEY AUTOINCREMENT,
      queue TEXT NOT NULL,
      id TEXT NOT NULL,
      sent_at INTEGER NOT NULL,
      stored_at INTEGER NOT NULL,
      due_at INTEGER NOT NULL,
      content_type TEXT NOT NULL,
      body BLOB NOT NULL,
      failed_attempts INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    CREATE INDEX IF NOT EXISTS messages_by_due ON messages (queue, due_at, row);
    CREATE INDEX IF NOT EXISTS messages_by_age ON messages (stored_at);
    CREATE INDEX IF NOT EXISTS messages_by_sending ON messages (queue, sent_at);
    CREATE TABLE IF NOT EXISTS totals (queue TEXT PRIMARY KEY, messages INTEGER NOT NULL, bytes INTEGER NOT NULL) STRICT;
    CREATE TRIGGER IF NOT EXISTS count_arrival AFTER INSERT ON messages BEGIN
      INSERT INTO totals VALUES (new.queue, 1, length(new.body)) ON CONFLICT (queue) DO UPDATE
        SET messages = messages + 1, bytes = bytes + excluded.bytes;
    END;
    CREATE TRIGGER IF NOT EXISTS count_departure AFTER DELETE ON messages BEGIN
      UPDATE totals SET messages = messages - 1, bytes = bytes - length(old.body) WHERE queue = old.queue;
    END;
    CREATE TEMP TABLE handed_out (row INTEGER PRIMARY KEY, queue TEXT NOT NULL);
  `);

  const insert = database.prepare(`INSERT INTO messages (queue, id, sent_at, stored_at, due_at, content_type, body)
    VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const selectDue = database.prepare(`SELECT row, queue, id, sent_at, content_type, body, failed_attempts FROM messages
    WHERE queue = ? AND due_at <= ? AND row NOT IN (SELECT row FROM handed_out) ORDER BY due_at, row LIMIT ?`);
  const selectDueTimes = database.prepare(`SELECT due_at FROM messages
    WHERE queue = ? AND row NOT IN (SELECT row FROM handed_out) ORDER BY due_at, row LIMIT ?`);
  const handOut = database.prepare('INSERT INTO handed_out (row, queue) VALUES (?, ?)');
  const handBack = database.prepare('DELETE FROM handed_out WHERE row = ?');
  const remove = database.prepare('DELETE FROM messages WHERE row = ?');
  const retry = database.prepare('UPDATE messages SET due_at = ?, failed_attempts = failed_attempts + 1 WHERE row = ?');
  const postpone = database.prepare('UPDATE messages SET due_at = ? WHERE row = ?');
  const bury = database.prepare(`INSERT INTO messages (queue, id, sent_at, stored_at, due_at, content_type, body)
    SELECT ?, id, sent_at, ?, ?, content_type, body FROM messages WHERE row = ?`);
  const removeOld = database.prepare(
    'DELETE FROM messages WHERE stored_at <= ? AND row NOT IN (SELECT row FROM handed_out)',
  );
  const countBacklog = database.prepare(`SELECT
      count(*) FILTER (WHERE due_at <= :now AND NOT held) AS due,
      count(*) FILTER (WHERE held) AS inFlight,
      count(*) FILTER (WHERE due_at > :now AND NOT held) AS delayed
    FROM (SELECT due_at, row IN (SELECT row FROM handed_out) AS held FROM messages WHERE queue = :queue)`);
  const selectTotals = database.prepare('SELECT messages, bytes FROM totals WHERE queue = ?');
  const selectOldest = database.prepare('SELECT min(sent_at) AS oldest FROM messages WHERE queue = ?');
  const listQueues = database.prepare('SELECT DISTINCT queue FROM messages ORDER BY queue');

  /** `FULL` waits for the disk. What only forgets may be `NORMAL`: lost in a power cut, it delivers once more. */
  const inTransaction = (synchronous: 'FULL' | 'NORMAL', work: () => void): void => {
    database.exec(`PRAGMA synchronous = ${synchronous}; BEGIN IMMEDIATE`);
    try {
      work();
      database.exec('COMMIT');
    } catch (error) {
      database.exec('ROLLBACK');
      throw error;
    }
  };

  let pending: PendingAccept[] = [];
  let flushed: Promise<void> | undefined;
  let closed = false;

  const flush = (): void => {
    const group = pending;
    pending = [];
    flushed = undefined;
    const now = options.now();
    try {
      inTransaction('FULL', () => {
        for (const message of group.flatMap(accept => accept.messages)) {
          const dueAtMs = now + message.delaySeconds * 1000;
          insert.run(message.queue, options.createId(), now, now, dueAtMs, message.contentType, message.body);
        }
      });
    } catch (error) {
      for (const accept of group) accept.reject(error); // Each producer answers for its own messages.
      return;
    }
    for (const accept of group) accept.resolve();
    options.onAccepted?.(new Set(group.flatMap(accept => accept.messages.map(message => message.queue))));
  };

  return {
    accept(messages) {
      if (closed) return Promise.reject(new Error('the queue store is closed'));
      flushed ??= new Promise(resolve => {
        setImmediate(() => {
          flush();
          resolve();
        });
      });
      return new Promise((resolve, reject) => pending.push({ messages, resolve, reject }));
    },

    take(queue, limit) {
      const rows = z.array(MessageRow).parse(selectDue.all(queue, options.now(), limit));
      for (const { row } of rows) handOut.run(row, queue);
      return rows.map(row => ({
        row: row.row,
        queue: row.queue,
        id: row.id,
        sentAtMs: row.sent_at,
        contentType: row.content_type,
        body: row.body,
        failedAttempts: row.failed_attempts,
      }));
    },

    settle(queue, settlement, deadLetterQueue) {
      const now = options.now();
      inTransaction('NORMAL', () => {
        for (const { row } of settlement.acknowledged) remove.run(row);
        for (const { message, delaySeconds } of settlement.retried) retry.run(now + delaySeconds * 1000, message.row);
        for (const { row } of settlement.exhausted) {
          if (deadLetterQueue !== undefined) bury.run(deadLetterQueue, now, now, row);
          remove.run(row);
        }
        const all = [...settlement.acknowledged, ...settlement.exhausted, ...settlement.retried.map(r => r.message)];
        for (const { row } of all) handBack.run(row);
      });
      if (deadLetterQueue !== undefined && settlement.exhausted.length > 0) {
        options.onAccepted?.(new Set([deadLetterQueue]));
      }
    },

    release(messages, dueAtMs) {
      inTransaction('NORMAL', () => {
        for (const { row } of messages) {
          postpone.run(dueAtMs, row);
          handBack.run(row);
        }
      });
    },

    expire: retentionMs => Number(removeOld.run(options.now() - retentionMs).changes),

    nextDueTimes: (queue, limit) =>
      z
        .array(DueRow)
        .parse(selectDueTimes.all(queue, limit))
        .map(row => row.due_at),

    metrics(queue) {
      const { oldest } = OldestRow.parse(selectOldest.get(queue));
      return { ...TotalsRow.parse(selectTotals.get(queue)), oldestSentAtMs: oldest ?? undefined };
    },

    backlog: queue => BacklogRow.parse(countBacklog.get({ queue, now: options.now() })),

    queues: () =>
      z
        .array(QueueRow)
        .parse(listQueues.all())
        .map(row => row.queue),

    async close() {
      closed = true;
      await flushed;
      database.close();
    },
  };
}
