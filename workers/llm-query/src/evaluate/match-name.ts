/**
 * Does a name as typed in chat fit a guest's name? Case, accents, word order and one or two slips of the finger do
 * not matter; a different name does. Pure.
 */
export type NameFit = 'exact' | 'part' | 'close' | 'none';

export function fitName(typed: string, name: string): NameFit {
  const wanted = wordsOf(typed);
  const known = wordsOf(name);
  if (wanted.length === 0 || known.length === 0) return 'none';
  if (wanted.length === known.length && wanted.every(word => known.includes(word))) return 'exact';
  if (wanted.every(word => known.includes(word))) return 'part';
  return wanted.every(word => known.some(other => isClose(word, other))) ? 'close' : 'none';
}

/** Those that fit best; a slip counts only when nobody fits without one. */
export function bestFits<T>(typed: string, candidates: readonly T[], nameOf: (candidate: T) => string): T[] {
  const fits = candidates.map(candidate => ({ candidate, fit: fitName(typed, nameOf(candidate)) }));
  for (const wanted of ['exact', 'part', 'close'] as const) {
    const found = fits.filter(({ fit }) => fit === wanted).map(({ candidate }) => candidate);
    if (found.length > 0) return found;
  }
  return [];
}

const wordsOf = (text: string): string[] =>
  text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/ß/gu, 'ss')
    .replace(/['’](?:s)?(?=\s|$)/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '');

/** One slip from four letters on, two from eight on; short names differ by one letter and are different people. */
function isClose(left: string, right: string): boolean {
  const allowed = Math.min(left.length, right.length) >= 8 ? 2 : Math.min(left.length, right.length) >= 4 ? 1 : 0;
  return left === right || (allowed > 0 && editDistance(left, right) <= allowed);
}

/** Insertions, deletions, replacements and swapped neighbours. Names are short, so the plain table will do. */
function editDistance(left: string, right: string): number {
  const rows = [Array.from({ length: right.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const above = rows[row - 1] ?? [];
      const same = left[row - 1] === right[column - 1];
      let cost = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      );
      if (row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1]) {
        cost = Math.min(cost, (rows[row - 2]?.[column - 2] ?? 0) + 1);
      }
      current.push(cost);
    }
    rows.push(current);
  }
  return rows[left.length]?.[right.length] ?? Number.POSITIVE_INFINITY;
}
