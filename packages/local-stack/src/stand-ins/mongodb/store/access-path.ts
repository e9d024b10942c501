import type { BsonDocument } from '../bson/bson-document.ts';
import type { SortField } from '../query/compile-sort.ts';
import { type Bounds, boundsOf } from '../query/field-bounds.ts';
import type { Collection } from './catalog.ts';
import type { SqlValue } from './database.ts';
import { KEY_COLUMNS, KEY_FIELDS, KEY_INDEXES, type KeyField, type KeyIndex } from './document-table.ts';

/** Which rows to look at, in which order, so that everything the filter matches is among them. */
export interface AccessPath {
  /** `undefined` walks the table in the order of insertion. */
  readonly index: KeyIndex | undefined;
  /** The columns of the order; together unique, so that their values are a position. */
  readonly columns: readonly string[];
  readonly direction: 'ASC' | 'DESC';
  readonly conditions: readonly { readonly sql: string; readonly values: readonly SqlValue[] }[];
  /** Whether this order is the one asked for. */
  readonly isSorted: boolean;
}

/** More points than this are looked for by scanning between the first and the last. */
const POINTS_MAX = 500;

/** Pure: the shape of the filter and of the sort decide, never the data. */
export function chooseAccessPath(collection: Collection, filter: BsonDocument, sort: readonly SortField[]): AccessPath {
  const bounds = new Map<KeyField, Bounds>();
  for (const field of KEY_FIELDS) {
    const found = collection.arrayFields.has(field) ? undefined : boundsOf(filter, field);
    if (found !== undefined) bounds.set(field, found);
  }
  const sortedBy = indexForSort(collection, bounds, sort);
  const index = sortedBy ?? indexForFilter(bounds);
  const conditions = Array.from(bounds, ([field, { low, high, points }]) => {
    // A plus keeps SQLite from choosing another index than the one decided here.
    const column =
      index === undefined || !usesColumn(index, KEY_COLUMNS[field]) ? `+${KEY_COLUMNS[field]}` : KEY_COLUMNS[field];
    if (points !== undefined && points.length === 1) return { sql: `${column} = ?`, values: points };
    if (points !== undefined && points.length <= POINTS_MAX) {
      return { sql: `${column} IN (${points.map(() => '?').join(', ')})`, values: points };
    }
    return { sql: `${column} BETWEEN ? AND ?`, values: [low, high] };
  });
  return {
    index,
    columns: index === undefined ? ['place'] : KEY_INDEXES[index],
    direction: sortedBy !== undefined && sort[0]?.direction === -1 ? 'DESC' : 'ASC',
    conditions,
    isSorted: sort.length === 0 || sortedBy !== undefined,
  };
}

function usesColumn(index: KeyIndex, column: string): boolean {
  return (KEY_INDEXES[index] as readonly string[]).includes(column);
}

function indexForSort(
  collection: Collection,
  bounds: ReadonlyMap<KeyField, Bounds>,
  sort: readonly SortField[],
): KeyIndex | undefined {
  const [first, second] = sort;
  if (first === undefined || sort.length > 2 || collection.arrayFields.has(first.path)) return undefined;
  if (second !== undefined && (second.path !== '_id' || second.direction !== first.direction)) return undefined;
  if (first.path === '_id') return 'by_id';
  if (first.path === '_updatedAt') return 'by_updated_at';
  if (first.path !== 'ts') return undefined;
  return bounds.get('rid')?.points?.length === 1 ? 'by_room' : 'by_ts';
}

function indexForFilter(bounds: ReadonlyMap<KeyField, Bounds>): KeyIndex | undefined {
  if (bounds.get('_id')?.points !== undefined) return 'by_id';
  if (bounds.has('rid')) return 'by_room';
  if (bounds.has('_updatedAt')) return 'by_updated_at';
  if (bounds.has('ts')) return 'by_ts';
  return bounds.has('_id') ? 'by_id' : undefined;
}
