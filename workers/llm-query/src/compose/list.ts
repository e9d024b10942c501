import type { Home } from '../evaluate/homes.ts';
import type { Draft } from './draft.ts';
import { FIXED } from './fixed-words.ts';

/** A list: how many in its first line, and of an empty one what was searched. Pure. */
export interface List extends Omit<Draft, 'isTimeless'> {
  readonly heading: string;
  /** With the count. */
  readonly summary: string;
  /** Instead of the summary where there is nothing. */
  readonly nothing?: string;
  readonly searched: string;
  /** Homes the question names: an empty list speaks of them. */
  readonly named?: readonly Home[];
}

export const listOf = (found: readonly unknown[], list: List): Draft =>
  found.length === 0
    ? {
        lines: [`${list.heading}: ${list.nothing ?? FIXED.none}`, ...list.lines, list.searched],
        sources: list.sources,
        homes: list.named ?? [],
      }
    : { lines: [`${list.heading}: ${list.summary}`, ...list.lines], sources: list.sources, homes: list.homes };
