import { asNumber, type BsonDocument } from '../bson/bson-document.ts';
import { orderKey } from '../bson/order-key.ts';
import { CommandError } from '../wire/command-error.ts';
import { MISSING, valuesAt } from './field-path.ts';

export interface SortField {
  readonly path: string;
  readonly direction: 1 | -1;
}

/** @throws CommandError for anything but 1 and -1. */
export function parseSort(sort: BsonDocument | undefined): SortField[] {
  return Array.from(sort ?? [], ([path, order]) => {
    const direction = asNumber(order);
    if (direction !== 1 && direction !== -1) throw new CommandError(2, `Illegal sort order for ${path}`);
    return { path, direction };
  });
}

/** What a document is sorted by; an array counts with its smallest element going up, its largest going down. */
export function sortKey(document: BsonDocument, fields: readonly SortField[]): Buffer[] {
  return fields.map(({ path, direction }) => {
    const keys = valuesAt(document, path.split('.')).flatMap(found => {
      if (found === MISSING) return [orderKey(null)];
      if (Array.isArray(found)) return found.length === 0 ? [orderKey(undefined)] : found.map(orderKey);
      return [orderKey(found)];
    });
    const [first = orderKey(null), ...others] = keys;
    return others.reduce((best, key) => (Buffer.compare(key, best) * direction < 0 ? key : best), first);
  });
}

export function compareSortKeys(
  left: readonly Buffer[],
  right: readonly Buffer[],
  fields: readonly SortField[],
): number {
  for (const [index, { direction }] of fields.entries()) {
    const order = Buffer.compare(left[index] ?? Buffer.alloc(0), right[index] ?? Buffer.alloc(0)) * direction;
    if (order !== 0) return order;
  }
  return 0;
}
