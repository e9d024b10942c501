import type { Schemas } from '@qdrant/js-client-rest';
import type { PointCondition, PointFilter, RangeBounds } from '../../ports/vector-store.ts';

type Condition = Schemas['Condition'];

/** The port's filter in Qdrant's words. Pure. An empty list of conditions constrains nothing, there as here. */
export function toQdrantFilter(filter: PointFilter): Schemas['Filter'] {
  const must = filter.must ?? [];
  const should = filter.should ?? [];
  const mustNot = filter.mustNot ?? [];
  return {
    ...(must.length === 0 ? {} : { must: must.map(toCondition) }),
    ...(should.length === 0 ? {} : { should: should.map(toCondition) }),
    ...(mustNot.length === 0 ? {} : { must_not: mustNot.map(toCondition) }),
  };
}

/** Whether a filter names no condition at all, so that it would hit every point. */
export const isUnconstrained = (filter: PointFilter): boolean =>
  [filter.must, filter.should, filter.mustNot].every(conditions => (conditions ?? []).length === 0);

function toCondition(condition: PointCondition): Condition {
  if ('nested' in condition) return { nested: { key: condition.nested, filter: toQdrantFilter(condition.filter) } };
  if ('filter' in condition) return toQdrantFilter(condition.filter);
  if ('isEmpty' in condition) return { is_empty: { key: condition.field } };
  if ('anyOf' in condition) return { key: condition.field, match: { any: [...condition.anyOf] } };
  if ('range' in condition) return { key: condition.field, range: toRange(condition.range) };
  const { field, equals } = condition;
  // Qdrant matches strings, booleans and whole numbers by value; a fraction is a range of one point.
  if (typeof equals === 'number' && !Number.isInteger(equals))
    return { key: field, range: { gte: equals, lte: equals } };
  return { key: field, match: { value: equals } };
}

/** Strings are dates or instants, compared as such by Qdrant; numbers compare as numbers. Never mixed. */
function toRange(bounds: RangeBounds): Schemas['RangeInterface'] {
  const entries = Object.entries(bounds).filter(([, bound]) => bound !== undefined);
  return Object.fromEntries(entries) as Schemas['RangeInterface'];
}
