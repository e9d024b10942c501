import type {
  DocumentFields,
  DocumentValue,
  DocumentWrite,
  FieldTransform,
  Timestamp,
} from '../ports/document-store.ts';
import { compareValues } from './document-value-order.ts';

/** What a write makes of a document's fields, as Firestore would. Pure. `undefined` is "no document". */
export function applyDocumentWrite(
  before: DocumentFields | undefined,
  write: DocumentWrite,
  commitTime: Timestamp,
): DocumentFields | undefined {
  if (write.op === 'delete') return undefined;
  const base = write.op === 'merge' ? { ...before, ...write.fields } : write.fields;
  return (write.transforms ?? []).reduce(
    (fields, transform) =>
      replaceAt(fields, transform.field.split('.'), current => transformed(current, transform, commitTime)),
    base,
  );
}

function replaceAt(
  fields: DocumentFields,
  [name = '', ...rest]: readonly string[],
  change: (current: DocumentValue | undefined) => DocumentValue,
): DocumentFields {
  const current = fields[name];
  if (rest.length === 0) return { ...fields, [name]: change(current) };
  return { ...fields, [name]: replaceAt(isFields(current) ? current : {}, rest, change) };
}

/** Value at a dotted path. */
export function valueAt(fields: DocumentFields, dotted: string): DocumentValue | undefined {
  return dotted
    .split('.')
    .reduce<DocumentValue | undefined>((value, name) => (isFields(value) ? value[name] : undefined), fields);
}

const isFields = (value: DocumentValue | undefined): value is DocumentFields =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null);

function transformed(
  current: DocumentValue | undefined,
  transform: FieldTransform,
  commitTime: Timestamp,
): DocumentValue {
  if ('increment' in transform) return isNumeric(current) ? sum(current, transform.increment) : transform.increment;
  if ('maximum' in transform) {
    return isNumeric(current) && compareValues(current, transform.maximum) >= 0 ? current : transform.maximum;
  }
  if ('minimum' in transform) {
    return isNumeric(current) && compareValues(current, transform.minimum) <= 0 ? current : transform.minimum;
  }
  if ('arrayUnion' in transform) return union(isArray(current) ? current : [], transform.arrayUnion);
  if ('arrayRemove' in transform) {
    return (isArray(current) ? current : []).filter(item => !includes(transform.arrayRemove, item));
  }
  return commitTime;
}

const isNumeric = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
const isArray = (value: unknown): value is readonly DocumentValue[] => Array.isArray(value);
const includes = (items: readonly DocumentValue[], wanted: DocumentValue): boolean =>
  items.some(item => compareValues(item, wanted) === 0);

const union = (items: readonly DocumentValue[], added: readonly DocumentValue[]): DocumentValue[] =>
  added.reduce<DocumentValue[]>((all, item) => (includes(all, item) ? all : [...all, item]), [...items]);

const INTEGER_MIN = -(2n ** 63n);
const INTEGER_MAX = 2n ** 63n - 1n;

/** Integers stay integers and stop at 64 bits; one double makes a double. */
function sum(left: number | bigint, right: number): number | bigint {
  const integers = (typeof left === 'bigint' || Number.isSafeInteger(left)) && Number.isSafeInteger(right);
  if (!integers) return Number(left) + right;
  const exact = BigInt(left) + BigInt(right);
  const bounded = exact > INTEGER_MAX ? INTEGER_MAX : exact < INTEGER_MIN ? INTEGER_MIN : exact;
  return Number.isSafeInteger(Number(bounded)) ? Number(bounded) : bounded;
}
