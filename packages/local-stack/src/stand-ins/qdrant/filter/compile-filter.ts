import { type PointId, parsePointId, type StoredPoint } from '../point.ts';
import { notInStandIn, validationError } from '../refusal.ts';
import type { TokeniserOptions } from '../tokenise.ts';
import type { Condition, FieldCondition, Filter } from '../wire.ts';
import { compileMatch } from './compile-match.ts';
import { compileRange } from './compile-range.ts';
import { isObject, leavesAt, parsePath, valuesAt } from './payload-path.ts';

/** A filter as a function, built once per request so that evaluating it per point is only comparing. Pure. */
export type Predicate = (point: Pick<StoredPoint, 'id' | 'payload' | 'vectors'>) => boolean;

/** Text indexes change what `match.text` means: words of the index instead of a part of the string. */
export type TextIndexes = ReadonlyMap<string, TokeniserOptions>;

export function compileFilter(filter: Filter | null | undefined, texts: TextIndexes): Predicate {
  if (filter === null || filter === undefined) return () => true;
  const all = listOf(filter.must).map(condition => compileCondition(condition, texts));
  const none = listOf(filter.must_not).map(condition => compileCondition(condition, texts));
  const some = listOf(filter.should).map(condition => compileCondition(condition, texts));
  const several = listOf(filter.min_should?.conditions).map(condition => compileCondition(condition, texts));
  const atLeast = filter.min_should?.min_count ?? 0;
  return point =>
    all.every(holds => holds(point)) &&
    !none.some(holds => holds(point)) &&
    (some.length === 0 || some.some(holds => holds(point))) &&
    several.filter(holds => holds(point)).length >= atLeast;
}

/** Where Qdrant takes a list of conditions it also takes one alone. */
export function listOf<T>(items: T | readonly T[] | null | undefined): readonly T[] {
  if (items === null || items === undefined) return [];
  return Array.isArray(items) ? (items as readonly T[]) : [items as T];
}

function compileCondition(condition: Condition, texts: TextIndexes): Predicate {
  if ('key' in condition) return compileField(condition, texts);
  if ('is_empty' in condition) return compileField({ key: condition.is_empty.key, is_empty: true }, texts);
  if ('is_null' in condition) return compileField({ key: condition.is_null.key, is_null: true }, texts);
  if ('has_id' in condition) {
    const ids = new Set<PointId>(condition.has_id.map(parsePointId));
    return ({ id }) => ids.has(id);
  }
  if ('has_vector' in condition) return ({ vectors }) => vectors.has(condition.has_vector);
  if ('nested' in condition) return compileNested(condition.nested, texts);
  if ('slice' in condition) throw notInStandIn('slice condition');
  return compileFilter(condition, texts);
}

/** The filter holds for one and the same element of the array. */
function compileNested({ key, filter }: { key: string; filter: Filter }, texts: TextIndexes): Predicate {
  const path = parsePath(key.endsWith('[]') ? key : `${key}[]`);
  const holds = compileFilter(filter, texts);
  return point =>
    valuesAt(point.payload, path).some(element => isObject(element) && holds({ ...point, payload: element }));
}

/** Several tests in one condition are alternatives. */
function compileField(condition: FieldCondition, texts: TextIndexes): Predicate {
  if (condition.geo_bounding_box ?? condition.geo_radius ?? condition.geo_polygon) throw notInStandIn('geo condition');
  const path = parsePath(condition.key);
  const tests: ((payload: unknown) => boolean)[] = [];
  if (condition.match) {
    const matches = compileMatch(condition.match, texts.get(condition.key));
    tests.push(payload => leavesAt(payload, path).some(matches));
  }
  if (condition.range) {
    const within = compileRange(condition.range);
    tests.push(payload => leavesAt(payload, path).some(within));
  }
  if (condition.values_count) {
    const within = compileRange(condition.values_count);
    tests.push(payload => within(countValues(valuesAt(payload, path))));
  }
  if (typeof condition.is_empty === 'boolean') {
    tests.push(payload => valuesAt(payload, path).every(isEmptyValue) === condition.is_empty);
  }
  if (typeof condition.is_null === 'boolean') {
    tests.push(payload => valuesAt(payload, path).includes(null) === condition.is_null);
  }
  if (tests.length === 0) {
    throw validationError('filter: Validation error: At least one field condition must be specified');
  }
  return ({ payload }) => tests.some(holds => holds(payload));
}

const isEmptyValue = (value: unknown): boolean => value === null || (Array.isArray(value) && value.length === 0);

/** A scalar counts as one value, null and a missing field as none. */
const countValues = (values: unknown[]): number =>
  Math.max(0, ...values.map(value => (Array.isArray(value) ? value.length : value === null ? 0 : 1)));
