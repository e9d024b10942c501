import { ok, type Result } from '@innkeeper/shared/result/result';
import { splitComparable } from './compare-sorted-ids.ts';

/** A paged list in the order of its ids, one page of it in memory. */
export interface ComparableIds<T, E> {
  /** Ascending: what was read and is not decided yet. */
  readonly pending: readonly T[];
  /** Nothing follows what is pending. */
  readonly ended: boolean;
  /** There is something to compare, or never will be. */
  readonly isReady: boolean;
  /** Reads the next page if nothing is pending; answers what of it only a look-up can compare. */
  fill(): Promise<Result<readonly T[], E>>;
  /** Leaves only these pending. */
  keep(undecided: readonly T[]): void;
  close(): Promise<void>;
}

export function comparableIds<T, E>(
  pages: AsyncGenerator<Result<readonly T[], E>, void>,
  idOf: (item: T) => string,
  startAfter: string | undefined,
): ComparableIds<T, E> {
  let pending: readonly T[] = [];
  let last = startAfter;
  let ended = false;
  return {
    get pending() {
      return pending;
    },
    get ended() {
      return ended;
    },
    get isReady() {
      return ended || pending.length > 0;
    },
    async fill() {
      if (ended || pending.length > 0) return ok([]);
      const page = await pages.next();
      if (page.done === true) {
        ended = true;
        return ok([]);
      }
      if (!page.value.ok) return page.value;
      const { comparable, others } = splitComparable(page.value.value, idOf, last);
      const end = comparable.at(-1);
      if (end !== undefined) last = idOf(end);
      pending = comparable;
      return ok(others);
    },
    keep(undecided) {
      pending = undecided;
    },
    async close() {
      await pages.return();
    },
  };
}
