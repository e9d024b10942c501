/**
 * Which ids only one of two ascending lists has, page by page, so that millions are compared in the memory of two pages.
 * Pure. Order is that of the UTF-8 bytes, which is MongoDB's (without a collation) and Firestore's.
 */
export interface SortedPages<K extends { readonly id: string }> {
  readonly known: readonly K[];
  readonly source: readonly string[];
  /** Nothing follows the page. A page that is not the last one must not be empty. */
  readonly knownEnds: boolean;
  readonly sourceEnds: boolean;
}

export interface SortedDifference<K> {
  readonly onlyKnown: readonly K[];
  readonly onlySource: readonly string[];
  /** What the next page is put behind: it cannot be decided yet. */
  readonly knownLeft: readonly K[];
  readonly sourceLeft: readonly string[];
  /** Everything up to here is decided; absent where both lists ended. */
  readonly through?: string;
}

export function compareSortedIds<K extends { readonly id: string }>(pages: SortedPages<K>): SortedDifference<K> {
  const through = decidedThrough(pages);
  const onlyKnown: K[] = [];
  const onlySource: string[] = [];
  let k = 0;
  let s = 0;
  for (;;) {
    const known = within(pages.known[k]?.id, through) ? pages.known[k] : undefined;
    const source = within(pages.source[s], through) ? pages.source[s] : undefined;
    if (known === undefined && source === undefined) break;
    const order = known === undefined ? 1 : source === undefined ? -1 : compareUtf8(known.id, source);
    if (order < 0 && known !== undefined) onlyKnown.push(known);
    if (order > 0 && source !== undefined) onlySource.push(source);
    if (order <= 0) k += 1;
    if (order >= 0) s += 1;
  }
  return {
    onlyKnown,
    onlySource,
    knownLeft: pages.known.slice(k),
    sourceLeft: pages.source.slice(s),
    ...(through !== undefined && { through }),
  };
}

/** A list that goes on may still bring anything behind its last id. */
function decidedThrough<K extends { readonly id: string }>(pages: SortedPages<K>): string | undefined {
  const lastKnown = pages.knownEnds ? undefined : pages.known.at(-1)?.id;
  const lastSource = pages.sourceEnds ? undefined : pages.source.at(-1);
  if (lastKnown === undefined) return lastSource;
  if (lastSource === undefined) return lastKnown;
  return compareUtf8(lastKnown, lastSource) < 0 ? lastKnown : lastSource;
}

const within = (id: string | undefined, through: string | undefined): boolean =>
  id !== undefined && (through === undefined || compareUtf8(id, through) <= 0);

/** By UTF-8 bytes, which differs from JavaScript's order above the basic plane. */
export const compareUtf8 = (left: string, right: string): number =>
  left === right ? 0 : Buffer.compare(Buffer.from(left), Buffer.from(right));

/**
 * Takes from a page what rises after `after` and reads the same in both stores. The rest must be looked up one by one:
 * `%` and `/` are encoded in Firestore's ids and sort elsewhere there.
 */
export function splitComparable<T>(
  page: readonly T[],
  idOf: (item: T) => string,
  after: string | undefined,
): { readonly comparable: T[]; readonly others: T[] } {
  const comparable: T[] = [];
  const others: T[] = [];
  let last = after;
  for (const item of page) {
    const id = idOf(item);
    const rises = last === undefined || compareUtf8(id, last) > 0;
    if (!rises || /[%/]/u.test(id)) {
      others.push(item);
      continue;
    }
    comparable.push(item);
    last = id;
  }
  return { comparable, others };
}
