import { isObject } from './filter/payload-path.ts';

/**
 * Where an answer differs from the recorded one, as a path with both values; undefined where they agree. Pure.
 * Numbers agree to 1e-4. Free are: timings, operation ids and point versions, the product's own version and commit, how
 * many segments and indexed vectors a collection is split into, the order of hits of equal score, which of these are
 * cut off by the request's `limit`, the order of keys, and an error's words after the first colon.
 */
export function findDifference(
  expected: unknown,
  got: unknown,
  limit: number | undefined,
  at = '',
): string | undefined {
  if (typeof expected === 'number' && typeof got === 'number') {
    return Math.abs(expected - got) <= 1e-4 ? undefined : `${at}: ${expected} is not ${got}`;
  }
  if (Array.isArray(expected) && Array.isArray(got)) return differInList(expected, got, limit, at);
  if (isObject(expected) && isObject(got)) return differInObject(expected, got, limit, at);
  return Object.is(expected, got) ? undefined : `${at}: ${JSON.stringify(expected)} is not ${JSON.stringify(got)}`;
}

const FREE = new Set([
  'time',
  'operation_id',
  'version',
  'commit',
  'standIn',
  'segments_count',
  'indexed_vectors_count',
]);

function differInObject(
  expected: Record<string, unknown>,
  got: Record<string, unknown>,
  limit: number | undefined,
  at: string,
): string | undefined {
  for (const key of new Set([...Object.keys(expected), ...Object.keys(got)])) {
    if (FREE.has(key)) continue;
    const [left, right] = key === 'error' ? [category(expected[key]), category(got[key])] : [expected[key], got[key]];
    const difference = findDifference(left, right, limit, `${at}.${key}`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

const category = (message: unknown): string => String(message).split(':')[0] ?? '';

function differInList(
  expected: readonly unknown[],
  got: readonly unknown[],
  limit: number | undefined,
  at: string,
): string | undefined {
  if (expected.length !== got.length) return `${at}: ${expected.length} items are not ${got.length}`;
  if (!expected.every(isHit) || !got.every(isHit)) return differOneByOne(expected, got, limit, at);
  const lastScore = expected.at(-1)?.score;
  for (const score of new Set(expected.map(hit => hit.score))) {
    const [left, right] = [hitsOf(expected, score), hitsOf(got, score)];
    if (left.length !== right.length) return `${at}: ${left.length} hits of score ${score} are not ${right.length}`;
    const isCut = score === lastScore && expected.length === limit;
    const difference = isCut ? undefined : differOneByOne(left, right, limit, `${at}[score ${score}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

function differOneByOne(
  expected: readonly unknown[],
  got: readonly unknown[],
  limit: number | undefined,
  at: string,
): string | undefined {
  for (const [index, item] of expected.entries()) {
    const difference = findDifference(item, got[index], limit, `${at}[${index}]`);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

type Hit = { readonly id: string | number; readonly score: number };
const isHit = (item: unknown): item is Hit => isObject(item) && typeof item.score === 'number' && 'id' in item;

const hitsOf = (hits: readonly Hit[], score: number): Hit[] =>
  hits.filter(hit => Math.abs(hit.score - score) <= 1e-4).sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
