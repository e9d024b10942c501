import type { DirtyEntry, DirtySet } from '../../hydration/dirty-set.ts';
import type { Lane, MarkCause } from '../../ports/hydration-gate.ts';

/**
 * The dirty set in a Durable Object's SQLite: what a call wrote is on disk before the object's answer leaves it. What is
 * being read is known in memory only, so after a crash everything is due. I/O: the object's storage.
 */
export function durableDirtySet(storage: Pick<DurableObjectStorage, 'sql' | 'transactionSync'>): DirtySet {
  const { sql } = storage;
  for (const statement of SCHEMA) sql.exec(statement);
  const reading = new Set<string>();

  const select = (clause: string, ...bindings: (string | number)[]): DirtyEntry[] =>
    sql
      .exec<Row>(`SELECT * FROM dirty WHERE not_before_ms <= ? ${clause}`, ...bindings)
      .toArray()
      .map(toEntry);
  const free = (entries: readonly DirtyEntry[]): DirtyEntry[] => entries.filter(entry => !reading.has(keyOf(entry)));

  const giveBack = (entries: readonly DirtyEntry[], notBeforeMs: number, attempts: number): void =>
    storage.transactionSync(() => {
      for (const entry of entries) {
        reading.delete(keyOf(entry));
        sql.exec(GIVE_BACK, attempts, entry.generation, notBeforeMs, entry.subject, entry.id);
      }
    });

  return {
    mark: (marks, nowMs) =>
      storage.transactionSync(() => {
        for (const mark of marks) {
          sql.exec(
            MARK,
            mark.subject,
            mark.id,
            laneNumbers[mark.lane],
            mark.seenAtMs,
            nowMs,
            nowMs,
            nowMs,
            JSON.stringify(mark.cause),
          );
        }
      }),
    take: (nowMs, batchMaxOf) => {
      const subject = free(select(`${IN_ORDER} LIMIT ?`, nowMs, reading.size + 1))[0]?.subject;
      if (subject === undefined) return [];
      const batchMax = batchMaxOf(subject);
      const due = select(`AND subject = ? ${IN_ORDER} LIMIT ?`, nowMs, subject, reading.size + batchMax);
      const batch = free(due).slice(0, batchMax);
      for (const entry of batch) reading.add(keyOf(entry));
      return batch;
    },
    settle: entries =>
      storage.transactionSync(() => {
        for (const entry of entries) {
          reading.delete(keyOf(entry));
          sql.exec(
            'DELETE FROM dirty WHERE subject = ? AND id = ? AND generation = ?',
            entry.subject,
            entry.id,
            entry.generation,
          );
          sql.exec(
            'UPDATE dirty SET attempts = 0, first_marked_at_ms = last_marked_at_ms WHERE subject = ? AND id = ?',
            entry.subject,
            entry.id,
          );
        }
      }),
    postpone: (entries, notBeforeMs) => giveBack(entries, notBeforeMs, 1),
    defer: (entries, notBeforeMs) => giveBack(entries, notBeforeMs, 0),
    nextDueMs: () => {
      const soonest = sql.exec<Row>('SELECT * FROM dirty ORDER BY not_before_ms LIMIT ?', reading.size + 1).toArray();
      return soonest.find(row => !reading.has(keyOf(row)))?.not_before_ms;
    },
    isLiveDue: nowMs => free(select(`${IN_ORDER} LIMIT ?`, nowMs, reading.size + 1))[0]?.lane === 'live',
    backlog: nowMs => {
      const groups = sql.exec<Group>(BACKLOG).toArray();
      const total = (wanted: (group: Group) => boolean): number =>
        groups.filter(wanted).reduce((sum, group) => sum + group.entries, 0);
      return {
        byLane: {
          live: total(group => group.lane === laneNumbers.live),
          backfill: total(group => group.lane === laneNumbers.backfill),
        },
        bySubject: Object.fromEntries(
          groups.map(({ subject }) => [subject, total(group => group.subject === subject)]),
        ),
        oldestMs: groups.length === 0 ? 0 : Math.max(0, nowMs - Math.min(...groups.map(group => group.oldest))),
        failing: groups.reduce((sum, group) => sum + group.failing, 0),
      };
    },
  };
}

const SCHEMA = [
  `CREATE TABLE IF NOT EXISTS dirty (
     subject TEXT NOT NULL, id TEXT NOT NULL, lane INTEGER NOT NULL, seen_at_ms INTEGER NOT NULL,
     generation INTEGER NOT NULL, attempts INTEGER NOT NULL, first_marked_at_ms INTEGER NOT NULL,
     last_marked_at_ms INTEGER NOT NULL, not_before_ms INTEGER NOT NULL, cause TEXT NOT NULL,
     PRIMARY KEY (subject, id)) WITHOUT ROWID`,
  'CREATE INDEX IF NOT EXISTS dirty_in_order ON dirty (lane, first_marked_at_ms, subject, id)',
  'CREATE INDEX IF NOT EXISTS dirty_by_due ON dirty (not_before_ms)',
];

const IN_ORDER = 'ORDER BY lane, first_marked_at_ms, subject, id';

const MARK = `
  INSERT INTO dirty VALUES (?, ?, ?, ?, 1, 0, ?, ?, ?, ?)
  ON CONFLICT (subject, id) DO UPDATE SET
    lane = min(lane, excluded.lane),
    cause = CASE WHEN excluded.seen_at_ms >= seen_at_ms THEN excluded.cause ELSE cause END,
    seen_at_ms = max(seen_at_ms, excluded.seen_at_ms),
    generation = generation + 1,
    last_marked_at_ms = excluded.last_marked_at_ms,
    not_before_ms = min(not_before_ms, excluded.not_before_ms)`;

const GIVE_BACK = `
  UPDATE dirty SET attempts = attempts + ?, not_before_ms = CASE WHEN generation = ? THEN ? ELSE not_before_ms END
  WHERE subject = ? AND id = ?`;

const BACKLOG = `
  SELECT lane, subject, count(*) AS entries, min(first_marked_at_ms) AS oldest, sum(attempts > 0) AS failing
  FROM dirty GROUP BY lane, subject`;

/** Live sorts first. */
const laneNumbers = { live: 0, backfill: 1 } as const satisfies Record<Lane, number>;

interface Row extends Record<string, SqlStorageValue> {
  subject: string;
  id: string;
  lane: number;
  seen_at_ms: number;
  generation: number;
  attempts: number;
  first_marked_at_ms: number;
  last_marked_at_ms: number;
  not_before_ms: number;
  cause: string;
}

interface Group extends Record<string, SqlStorageValue> {
  lane: number;
  subject: string;
  entries: number;
  oldest: number;
  failing: number;
}

const keyOf = ({ subject, id }: { readonly subject: string; readonly id: string }): string => `${subject}\n${id}`;

function toEntry(row: Row): DirtyEntry {
  return {
    subject: row.subject,
    id: row.id,
    seenAtMs: row.seen_at_ms,
    lane: row.lane === laneNumbers.live ? 'live' : 'backfill',
    cause: JSON.parse(row.cause) as MarkCause, // written by this file only
    generation: row.generation,
    attempts: row.attempts,
    firstMarkedAtMs: row.first_marked_at_ms,
  };
}
