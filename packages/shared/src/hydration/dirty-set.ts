import type { Lane, Mark } from '../ports/hydration-gate.ts';

/**
 * The ids that must be read, kept where a crash does not lose them. Synchronous, as SQLite in a Durable Object is: what
 * a call changed is durable before its caller is answered. Implemented on SQLite for Durable Objects and in memory for
 * tests; one contract suite (`testing/dirty-set-contract.ts`) holds both to the same behaviour.
 */
export interface DirtySet {
  /**
   * Adds, or raises the newest time, the lane (live wins) and the generation of what is there already. Due at once: news
   * deserve a try, whatever failed before.
   */
  mark(marks: readonly Mark[], nowMs: number): void;
  /**
   * The next ids of one subject to read together: due at `nowMs`, not being read, live before backfill, oldest mark first.
   * Empty where nothing is due. They count as being read until `settle`, `postpone` or
   * `defer`, or until the process ends.
   */
  take(nowMs: number, batchMaxOf: (subject: string) => number): readonly DirtyEntry[];
  /** Read and written: gone, but for entries marked again since they were taken, which stay due. */
  settle(entries: readonly DirtyEntry[]): void;
  /** Tried and not read: due again at `notBeforeMs`, with one failed attempt more. */
  postpone(entries: readonly DirtyEntry[], notBeforeMs: number): void;
  /** Not tried, for the vendor's limit: due again at `notBeforeMs`, and no attempt counts. */
  defer(entries: readonly DirtyEntry[], notBeforeMs: number): void;
  /** When the next entry that is not being read is due; `undefined` where there is none. */
  nextDueMs(): number | undefined;
  /** Whether something of the live lane is due and not being read yet. */
  isLiveDue(nowMs: number): boolean;
  backlog(nowMs: number): Backlog;
}

export interface DirtyEntry extends Mark {
  /** Rises with every mark; tells whether it was marked again while it was read. */
  readonly generation: number;
  /** Attempts that failed so far. */
  readonly attempts: number;
  readonly firstMarkedAtMs: number;
}

export interface Backlog {
  readonly byLane: Readonly<Record<Lane, number>>;
  readonly bySubject: Readonly<Record<string, number>>;
  /** Age of the oldest mark, ms; 0 where there is none. */
  readonly oldestMs: number;
  /** Entries with at least one failed attempt. */
  readonly failing: number;
}
