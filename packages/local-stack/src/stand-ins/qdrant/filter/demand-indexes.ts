import type { PayloadIndex } from '../payload-index.ts';
import { badRequest } from '../refusal.ts';
import type { Condition, FieldCondition, FieldType, Filter, Match } from '../wire.ts';
import { listOf } from './compile-filter.ts';

/**
 * What strict mode asks of a filter, as Qdrant Cloud sets it for every new collection: an index that serves the
 * condition behind each field. Pure.
 */
export function demandIndexes(
  filter: Filter | null | undefined,
  indexes: ReadonlyMap<string, Pick<PayloadIndex, 'type'>>,
  prefix = '',
): void {
  const parts = [filter?.must, filter?.should, filter?.must_not, filter?.min_should?.conditions];
  for (const condition of parts.flatMap(listOf)) demandOfCondition(condition, indexes, prefix);
}

function demandOfCondition(
  condition: Condition,
  indexes: ReadonlyMap<string, Pick<PayloadIndex, 'type'>>,
  prefix: string,
): void {
  if ('has_id' in condition || 'has_vector' in condition || 'slice' in condition) return;
  if ('nested' in condition) {
    const { key, filter } = condition.nested;
    demandIndexes(filter, indexes, `${prefix}${key.endsWith('[]') ? key : `${key}[]`}.`);
    return;
  }
  const needed = neededBy(condition);
  if (needed === undefined) {
    demandIndexes(condition as Filter, indexes, prefix);
    return;
  }
  const key = `${prefix}${needed.key}`;
  const present = indexes.get(key)?.type;
  if (needed.types.length === 0 || (present !== undefined && needed.types.includes(present))) return;
  throw badRequest(
    `Index required but not found for "${key}" of one of the following types: [${needed.types.toSorted().join(', ')}]. ` +
      'Help: Create an index for this key or use a different filter.',
  );
}

const ANY: readonly FieldType[] = ['keyword', 'integer', 'float', 'geo', 'text', 'bool', 'datetime', 'uuid'];

/** The field and the index types of which one will do; none for a condition that nothing can match. */
function neededBy(condition: Condition): { readonly key: string; readonly types: readonly FieldType[] } | undefined {
  if ('key' in condition) return { key: condition.key, types: typesFor(condition) };
  if ('is_empty' in condition) return { key: condition.is_empty.key, types: ANY };
  return 'is_null' in condition ? { key: condition.is_null.key, types: ANY } : undefined;
}

function typesFor({ match, range, values_count, is_empty, is_null }: FieldCondition): readonly FieldType[] {
  const isOfInstants = Object.values(range ?? {}).some(bound => typeof bound === 'string');
  return [
    ...(match ? typesForMatch(match) : []),
    ...(range ? (isOfInstants ? (['datetime'] as const) : (['float', 'integer'] as const)) : []),
    ...(values_count || typeof is_empty === 'boolean' || typeof is_null === 'boolean' ? ANY : []),
  ];
}

function typesForMatch(match: Match): readonly FieldType[] {
  if ('value' in match) return typesForValue(match.value);
  if ('any' in match) return match.any.slice(0, 1).flatMap(typesForValue);
  if ('except' in match) return match.except.slice(0, 1).flatMap(typesForValue);
  return 'prefix' in match ? ['keyword'] : ['text'];
}

const UUID = /^[0-9a-f]{8}(?:-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/iu;

function typesForValue(value: string | number | boolean): readonly FieldType[] {
  if (typeof value === 'string') return UUID.test(value) ? ['keyword', 'uuid'] : ['keyword'];
  return typeof value === 'number' ? ['integer'] : ['bool'];
}
