import { ok, type Result } from '@innkeeper/shared/result/result';
import { type ComparableIds, comparableIds } from './comparable-ids.ts';
import { compareSortedIds, type SortedDifference } from './compare-sorted-ids.ts';

/** What one step of a comparison found. */
export interface Differences<K> {
  readonly onlyKnown: readonly K[];
  readonly onlySource: readonly string[];
  /** Their order says nothing: each has to be looked up on the other side. */
  readonly knownToLookUp: readonly K[];
  readonly sourceToLookUp: readonly string[];
  /** Ids of the source that are decided with this step. */
  readonly compared: number;
  /** A comparison that starts behind it repeats nothing and misses nothing. */
  readonly after: string | undefined;
}

/**
 * Goes through two paged lists side by side, holding a page of each. Every id that is on one side only comes up, once,
 * either as such or to be looked up. Ends after the first failure.
 */
export async function* findDifferences<K extends { readonly id: string }, E>(
  knownPages: AsyncGenerator<Result<readonly K[], E>, void>,
  sourcePages: AsyncGenerator<Result<readonly string[], E>, void>,
  startAfter: string | undefined,
): AsyncGenerator<Result<Differences<K>, E>, void> {
  const known = comparableIds(knownPages, ({ id }) => id, startAfter);
  const source = comparableIds(sourcePages, id => id, startAfter);
  let after = startAfter;
  try {
    for (;;) {
      const [knownApart, sourceApart] = await Promise.all([known.fill(), source.fill()]);
      if (!knownApart.ok || !sourceApart.ok) {
        if (!knownApart.ok) yield knownApart;
        else if (!sourceApart.ok) yield sourceApart;
        return;
      }
      const decided = decide(known, source);
      known.keep(decided.knownLeft);
      after = decided.through ?? after;
      const compared = sourceApart.value.length + source.pending.length - decided.sourceLeft.length;
      source.keep(decided.sourceLeft);
      yield ok({
        onlyKnown: decided.onlyKnown,
        onlySource: decided.onlySource,
        knownToLookUp: knownApart.value,
        sourceToLookUp: sourceApart.value,
        compared,
        after,
      });
      if (known.ended && source.ended) return;
    }
  } finally {
    await Promise.all([known.close(), source.close()]);
  }
}

/** Nothing is decided while a page held only what has to be looked up. */
function decide<K extends { readonly id: string }, E>(
  known: ComparableIds<K, E>,
  source: ComparableIds<string, E>,
): SortedDifference<K> {
  return known.isReady && source.isReady
    ? compareSortedIds({
        known: known.pending,
        source: source.pending,
        knownEnds: known.ended,
        sourceEnds: source.ended,
      })
    : { onlyKnown: [], onlySource: [], knownLeft: known.pending, sourceLeft: source.pending };
}
