import {
  type DocumentFields,
  DocumentReference,
  type DocumentValue,
  GeoPoint,
  Timestamp,
} from '../ports/document-store.ts';

/** Firestore's order over all values: first by type, then within it. Pure. */
const TYPE_ORDER = [
  'null',
  'boolean',
  'number',
  'timestamp',
  'string',
  'bytes',
  'reference',
  'geoPoint',
  'array',
  'map',
] as const;
type TypeName = (typeof TYPE_ORDER)[number];

export function typeOf(value: DocumentValue): TypeName {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number' || typeof value === 'bigint') return 'number';
  if (typeof value === 'string') return 'string';
  if (value instanceof Timestamp) return 'timestamp';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof DocumentReference) return 'reference';
  if (value instanceof GeoPoint) return 'geoPoint';
  return Array.isArray(value) ? 'array' : 'map';
}

/** Negative, zero or positive; zero is Firestore's equality (NaN equals itself, integers and doubles compare by size). */
export function compareValues(left: DocumentValue, right: DocumentValue): number {
  const byType = TYPE_ORDER.indexOf(typeOf(left)) - TYPE_ORDER.indexOf(typeOf(right));
  return byType === 0 ? compareWithinType(left, right) : byType;
}

function compareWithinType(left: DocumentValue, right: DocumentValue): number {
  if (left === null || right === null) return 0;
  if (isNumeric(left) && isNumeric(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return compareUtf8(left, right);
  if (left instanceof Timestamp && right instanceof Timestamp)
    return compareScalars(left.epochMicros, right.epochMicros);
  if (left instanceof Uint8Array && right instanceof Uint8Array)
    return compareLists([...left], [...right], compareScalars);
  if (left instanceof DocumentReference && right instanceof DocumentReference) {
    return compareLists(left.path.split('/'), right.path.split('/'), compareUtf8);
  }
  if (left instanceof GeoPoint && right instanceof GeoPoint) {
    return compareScalars(left.latitude, right.latitude) || compareScalars(left.longitude, right.longitude);
  }
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  if (isArray(left) && isArray(right)) return compareLists(left, right, compareValues);
  return compareLists(sortedEntries(left as DocumentFields), sortedEntries(right as DocumentFields), compareEntries);
}

const isNumeric = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';

/** `Array.isArray` does not narrow readonly arrays. */
const isArray = (value: unknown): value is readonly DocumentValue[] => Array.isArray(value);

const compareScalars = <T extends number | bigint>(left: T, right: T): number =>
  left < right ? -1 : left > right ? 1 : 0;

function compareNumbers(left: number | bigint, right: number | bigint): number {
  const leftNan = Number.isNaN(left);
  const rightNan = Number.isNaN(right);
  if (leftNan || rightNan) return Number(rightNan) - Number(leftNan);
  return left < right ? -1 : left > right ? 1 : 0;
}

const encoder = new TextEncoder();

/** By UTF-8 bytes, which differs from JavaScript's order only where one text goes on above the basic plane. */
function compareUtf8(left: string, right: string): number {
  if (left === right) return 0;
  let index = 0;
  while (index < left.length && left.charCodeAt(index) === right.charCodeAt(index)) index += 1;
  const isPlain = [left, right].every(text => index >= text.length || text.charCodeAt(index) < SURROGATES_FROM);
  if (isPlain) return left < right ? -1 : 1;
  return compareLists([...encoder.encode(left)], [...encoder.encode(right)], compareScalars);
}
const SURROGATES_FROM = 0xd800;

const sortedEntries = (fields: DocumentFields): [string, DocumentValue][] =>
  Object.entries(fields).sort(([left], [right]) => compareUtf8(left, right));

const compareEntries = (left: [string, DocumentValue], right: [string, DocumentValue]): number =>
  compareUtf8(left[0], right[0]) || compareValues(left[1], right[1]);

function compareLists<T>(left: readonly T[], right: readonly T[], compare: (a: T, b: T) => number): number {
  for (const [index, item] of left.entries()) {
    if (index >= right.length) return 1;
    const order = compare(item, right[index] as T);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}
