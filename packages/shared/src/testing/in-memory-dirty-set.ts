import type { DirtyEntry, DirtySet } from '../hydration/dirty-set.ts';
import type { Lane, Mark } from '../ports/hydration-gate.ts';

/** A dirty set in memory; `reopen` is what a crash leaves of it: everything but what was being read. */
export interface InMemoryDirtySet extends DirtySet {
  reopen(): void;
  /** Everything in it, for assertions. */
  entries(): readonly DirtyEntry[];
}

interface Row extends DirtyEntry {
  readonly lastMarkedAtMs: number;
  readonly notBeforeMs: number;
}

const laneOrder: Record<Lane, number> = { live: 0, backfill: 1 };

export function inMemoryDirtySet(): InMemoryDirtySet {
  const rows = new Map<string, Row>();
  const reading = new Set<string>();

  const due = (nowMs: number): Row[] =>
    [...rows.values()].filter(row => row.notBeforeMs <= nowMs && !reading.has(keyOf(row)));

  const giveBack = (entries: readonly DirtyEntry[], notBeforeMs: number, attempts: number): void => {
    for (const entry of entries) {
      const key = keyOf(entry);
      reading.delete(key);
      const row = rows.get(key);
      if (row === undefined) continue;
      const wait = row.generation === entry.generation ? notBeforeMs : row.notBeforeMs;
      rows.set(key, { ...row, attempts: row.attempts + attempts, notBeforeMs: wait });
    }
  };

  return {
    mark: (marks, nowMs) => {
      for (const mark of marks) {
        const before = rows.get(keyOf(mark));
        rows.set(keyOf(mark), before === undefined ? fresh(mark, nowMs) : markedAgain(before, mark, nowMs));
      }
    },
    take: (nowMs, batchMaxOf) => {
      const all = due(nowMs);
      const head = all.reduce<Row | undefined>(
        (first, row) => (first === undefined || byTurn(row, first) < 0 ? row : first),
        undefined,
      );
      if (head === undefined) return [];
      const together = all.filter(row => row.subject === head.subject).sort(byTurn);
      const batch = together.slice(0, batchMaxOf(head.subject));
      for (const row of batch) reading.add(keyOf(row));
      return batch.map(toEntry);
    },
    settle: entries => {
      for (const entry of entries) {
        const key = keyOf(entry);
        reading.delete(key);
        const row = rows.get(key);
        if (row === undefined) continue;
        if (row.generation === entry.generation) rows.delete(key);
        else rows.set(key, { ...row, attempts: 0, firstMarkedAtMs: row.lastMarkedAtMs });
      }
    },
    postpone: (entries, notBeforeMs) => giveBack(entries, notBeforeMs, 1),
    defer: (entries, notBeforeMs) => giveBack(entries, notBeforeMs, 0),
    nextDueMs: () => {
      let soonestMs: number | undefined;
      for (const row of rows.values()) {
        if (!reading.has(keyOf(row))) soonestMs = Math.min(soonestMs ?? Infinity, row.notBeforeMs);
      }
      return soonestMs;
    },
    isLiveDue: nowMs => due(nowMs).some(row => row.lane === 'live'),
    backlog: nowMs => {
      const all = [...rows.values()];
      const bySubject: Record<string, number> = {};
      for (const { subject } of all) bySubject[subject] = (bySubject[subject] ?? 0) + 1;
      return {
        byLane: {
          live: all.filter(row => row.lane === 'live').length,
          backfill: all.filter(row => row.lane === 'backfill').length,
        },
        bySubject,
        oldestMs: all.reduce((oldestMs, row) => Math.max(oldestMs, nowMs - row.firstMarkedAtMs), 0),
        failing: all.filter(row => row.attempts > 0).length,
      };
    },
    reopen: () => reading.clear(),
    entries: () => [...rows.values()].map(toEntry),
  };
}

const byTurn = (left: Row, right: Row): number =>
  laneOrder[left.lane] - laneOrder[right.lane] ||
  left.firstMarkedAtMs - right.firstMarkedAtMs ||
  (keyOf(left) < keyOf(right) ? -1 : 1);

const keyOf = ({ subject, id }: { readonly subject: string; readonly id: string }): string => `${subject}\n${id}`;

const fresh = (mark: Mark, nowMs: number): Row => ({
  ...mark,
  generation: 1,
  attempts: 0,
  firstMarkedAtMs: nowMs,
  lastMarkedAtMs: nowMs,
  notBeforeMs: nowMs,
});

function markedAgain(before: Row, mark: Mark, nowMs: number): Row {
  return {
    ...before,
    ...(mark.seenAtMs >= before.seenAtMs ? { seenAtMs: mark.seenAtMs, cause: mark.cause } : {}),
    lane: laneOrder[mark.lane] < laneOrder[before.lane] ? mark.lane : before.lane,
    generation: before.generation + 1,
    lastMarkedAtMs: nowMs,
    notBeforeMs: Math.min(before.notBeforeMs, nowMs),
  };
}

function toEntry({ lastMarkedAtMs: _last, notBeforeMs: _due, ...entry }: Row): DirtyEntry {
  return entry;
}
