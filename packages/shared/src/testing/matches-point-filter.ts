import type { PointCondition, PointFilter, RangeBounds } from '../ports/vector-store.ts';

/** What the port's filters mean, written down without Qdrant. Pure. */
type Fields = Readonly<Record<string, unknown>>;

export function matchesPointFilter(fields: Fields, filter: PointFilter): boolean {
  const should = filter.should ?? [];
  return (
    (filter.must ?? []).every(condition => holds(fields, condition)) &&
    (should.length === 0 || should.some(condition => holds(fields, condition))) &&
    !(filter.mustNot ?? []).some(condition => holds(fields, condition))
  );
}

function holds(fields: Fields, condition: PointCondition): boolean {
  if ('nested' in condition) {
    const elements = fields[condition.nested];
    return Array.isArray(elements) && elements.some(element => matchesPointFilter(element as Fields, condition.filter));
  }
  if ('filter' in condition) return matchesPointFilter(fields, condition.filter);
  const values = valuesOf(fields, condition.field);
  if ('isEmpty' in condition) return values.every(value => value === null);
  if ('anyOf' in condition) return values.some(value => condition.anyOf.includes(value as string));
  if ('range' in condition) return values.some(value => isWithin(value, condition.range));
  return values.includes(condition.equals);
}

/** `stays[].listingId` reads every element; a plain field that is an array stands for its elements. */
function valuesOf(fields: Fields, field: string): unknown[] {
  const [list, inner] = field.split('[].');
  if (list !== undefined && inner !== undefined) {
    const elements = fields[list];
    return Array.isArray(elements) ? elements.flatMap(element => valuesOf(element as Fields, inner)) : [];
  }
  const value = fields[field];
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as unknown[]) : [value];
}

/** Numbers compare with numbers, dates and instants with dates and instants, and nothing else compares. */
function isWithin(value: unknown, { gt, gte, lt, lte }: RangeBounds): boolean {
  return (
    compares(value, gt, (left, right) => left > right) &&
    compares(value, gte, (left, right) => left >= right) &&
    compares(value, lt, (left, right) => left < right) &&
    compares(value, lte, (left, right) => left <= right)
  );
}

function compares(
  value: unknown,
  bound: string | number | undefined,
  compare: (left: number, right: number) => boolean,
): boolean {
  if (bound === undefined) return true;
  if (typeof bound === 'number') return typeof value === 'number' && compare(value, bound);
  return typeof value === 'string' && compare(Date.parse(value), Date.parse(bound));
}
