import * as z from 'zod';

/** Filters, projections and sorting as Guesty's list routes take them. Pure. */
export type Row = Readonly<Record<string, unknown>>;

const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const Condition = z.union([
  z.strictObject({
    field: z.string(),
    operator: z.enum(['$eq', '$ne', '$gt', '$gte', '$lt', '$lte', '$contains']),
    value: scalar,
  }),
  z.strictObject({ field: z.string(), operator: z.enum(['$in', '$nin']), value: z.array(scalar) }),
  z.strictObject({ field: z.string(), operator: z.literal('$between'), from: scalar, to: scalar }),
]);
export const Conditions = z.array(Condition);
type Condition = z.infer<typeof Condition>;

export function matches(row: Row, conditions: readonly Condition[]): boolean {
  return conditions.every(condition => {
    const value = valueAt(row, condition.field);
    switch (condition.operator) {
      case '$eq':
        return value === condition.value;
      case '$ne':
        return value !== condition.value;
      case '$gt':
        return compare(value, condition.value) > 0;
      case '$gte':
        return compare(value, condition.value) >= 0;
      case '$lt':
        return compare(value, condition.value) < 0;
      case '$lte':
        return compare(value, condition.value) <= 0;
      case '$contains':
        return typeof value === 'string' && value.toLowerCase().includes(String(condition.value).toLowerCase());
      case '$in':
        return condition.value.some(candidate => candidate === value);
      case '$nin':
        return !condition.value.some(candidate => candidate === value);
      case '$between':
        return compare(value, condition.from) >= 0 && compare(value, condition.to) <= 0;
    }
  });
}

/** `fields` separates names by spaces; `guest.fullName` keeps only that part. Without fields everything is shown. */
export function project(row: Row, fields: string | null): Row {
  const names = (fields ?? '').split(' ').filter(name => name !== '');
  if (names.length === 0) return row;
  const kept: Record<string, unknown> = {};
  for (const name of ['_id', ...names]) {
    const value = valueAt(row, name);
    if (value !== undefined) setAt(kept, name.split('.'), value);
  }
  return kept;
}

/** `sort=-checkIn` is descending; incomparable rows keep their order. */
export function sorted(rows: readonly Row[], sort: string | null): Row[] {
  if (sort === null || sort === '') return [...rows];
  const isDescending = sort.startsWith('-');
  const field = sort.replace(/^[-+]/u, '');
  return rows.toSorted((a, b) => (isDescending ? -1 : 1) * (compare(valueAt(a, field), valueAt(b, field)) || 0));
}

export function valueAt(row: Row, field: string): unknown {
  let value: unknown = row;
  for (const key of field.split('.')) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Row)[key];
  }
  return value;
}

function setAt(target: Record<string, unknown>, keys: readonly string[], value: unknown): void {
  const [key = '', ...rest] = keys;
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  const inner = (target[key] ?? {}) as Record<string, unknown>;
  target[key] = inner;
  setAt(inner, rest, value);
}

/** NaN, which satisfies no comparison, for values of different kinds. */
function compare(a: unknown, b: unknown): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  if (typeof a === 'string' && typeof b === 'string') return a < b ? -1 : a > b ? 1 : 0;
  return Number.NaN;
}
