import {
  type DocumentFields,
  DocumentReference,
  type DocumentValue,
  type DocumentWrite,
  GeoPoint,
  type StoreError,
  Timestamp,
} from '../../ports/document-store.ts';

/**
 * What Firestore never takes, said before anything is sent, so that every adapter refuses alike. Pure.
 * The numbers stand in Firestore's "Quotas and limits" and "Storage size calculations".
 */
const DOCUMENT_BYTES_MAX = 1_048_576;
const DOCUMENT_OVERHEAD_BYTES = 32;
const NAME_OVERHEAD_BYTES = 16;
const NAME_BYTES_MAX = 1_500;
const DEPTH_MAX = 20;
const INTEGER_MIN = -(2n ** 63n);
const INTEGER_MAX = 2n ** 63n - 1n;
const TIMESTAMP_MIN_MICROS = -62_135_596_800_000_000n; // 0001-01-01T00:00:00Z
const TIMESTAMP_MAX_MICROS = 253_402_300_799_999_999n; // 9999-12-31T23:59:59.999999Z
const RESERVED = /^__.*__$/su;

/** `refused` with the reason, or `undefined` where Firestore will take the writes. Names fields, never values. */
export function refusalOf(writes: readonly DocumentWrite[]): StoreError | undefined {
  for (const write of writes) {
    const reason = unstorablePath(write.path) ?? (write.op === 'delete' ? undefined : unstorableContent(write));
    if (reason !== undefined) return { kind: 'refused', detail: `${write.op} ${collectionOf(write.path)}: ${reason}` };
  }
  return undefined;
}

const collectionOf = (path: string): string => path.split('/', 1)[0] ?? '';

function unstorablePath(path: string): string | undefined {
  const segments = path.split('/');
  if (segments.length < 2 || segments.length % 2 === 1) return 'the path names no document';
  for (const segment of segments) {
    if (segment === '' || segment === '.' || segment === '..') return 'a part of the path is empty or dots';
    if (RESERVED.test(segment)) return 'a part of the path is reserved';
    if (!segment.isWellFormed()) return 'the path is not well-formed text';
    if (utf8Bytes(segment) > NAME_BYTES_MAX) return `a part of the path is longer than ${NAME_BYTES_MAX} bytes`;
  }
  return undefined;
}

function unstorableContent(write: Exclude<DocumentWrite, { op: 'delete' }>): string | undefined {
  for (const [name, value] of Object.entries(write.fields)) {
    const reason = unstorableName(name) ?? unstorableValue(value, 1);
    if (reason !== undefined) return `field ${JSON.stringify(name.slice(0, 100))}: ${reason}`;
  }
  for (const transform of write.transforms ?? []) {
    const elements =
      'arrayUnion' in transform ? transform.arrayUnion : 'arrayRemove' in transform ? transform.arrayRemove : [];
    const reason = unstorableValue(elements, 1);
    if (reason !== undefined) return `transform of ${JSON.stringify(transform.field)}: ${reason}`;
  }
  const bytes = documentBytes(write.path, write.fields);
  return bytes > DOCUMENT_BYTES_MAX ? `${bytes} bytes are more than a document may have` : undefined;
}

function unstorableName(name: string): string | undefined {
  if (name === '') return 'a field name is empty';
  if (RESERVED.test(name)) return 'a field name is reserved';
  if (!name.isWellFormed()) return 'a field name is not well-formed text';
  return utf8Bytes(name) > NAME_BYTES_MAX ? `a field name is longer than ${NAME_BYTES_MAX} bytes` : undefined;
}

function unstorableValue(value: DocumentValue, depth: number): string | undefined {
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'text that is not well-formed';
  if (typeof value === 'bigint')
    return value < INTEGER_MIN || value > INTEGER_MAX ? 'an integer beyond 64 bits' : undefined;
  if (value === undefined) return 'no value';
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return undefined;
  if (value instanceof Timestamp) {
    const outside = value.epochMicros < TIMESTAMP_MIN_MICROS || value.epochMicros > TIMESTAMP_MAX_MICROS;
    return outside ? 'a time outside the years 1 to 9999' : undefined;
  }
  if (value instanceof GeoPoint) {
    const inside = Math.abs(value.latitude) <= 90 && Math.abs(value.longitude) <= 180;
    return inside ? undefined : 'a place that is not on Earth';
  }
  if (value instanceof DocumentReference) return unstorablePath(value.path);
  if (depth > DEPTH_MAX) return `nested deeper than ${DEPTH_MAX}`;
  if (isArray(value)) {
    if (value.some(isArray)) return 'an array directly inside an array';
    return firstDefined(value, item => unstorableValue(item, depth + 1));
  }
  return firstDefined(
    Object.entries(value),
    ([name, item]) => unstorableName(name) ?? unstorableValue(item, depth + 1),
  );
}

function firstDefined<T>(items: readonly T[], reasonOf: (item: T) => string | undefined): string | undefined {
  for (const item of items) {
    const reason = reasonOf(item);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Size by Firestore's published rules; 1,048,576 is the most a document may have. */
function documentBytes(path: string, fields: DocumentFields): number {
  return nameBytes(path) + mapBytes(fields) + DOCUMENT_OVERHEAD_BYTES;
}

const nameBytes = (path: string): number =>
  path.split('/').reduce((sum, segment) => sum + utf8Bytes(segment) + 1, NAME_OVERHEAD_BYTES);

const mapBytes = (fields: DocumentFields): number =>
  Object.entries(fields).reduce((sum, [name, value]) => sum + utf8Bytes(name) + 1 + valueBytes(value), 0);

function valueBytes(value: DocumentValue): number {
  if (value === null || typeof value === 'boolean') return 1;
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Timestamp) return 8;
  if (typeof value === 'string') return utf8Bytes(value) + 1;
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof GeoPoint) return 16;
  if (value instanceof DocumentReference) return nameBytes(value.path);
  if (isArray(value)) return value.reduce((sum: number, item) => sum + valueBytes(item), 0);
  return mapBytes(value);
}

const encoder = new TextEncoder();
/** Text of ASCII alone, which nearly all of it is, is measured without a copy. */
const utf8Bytes = (text: string): number => (/^[ -~]*$/u.test(text) ? text.length : encoder.encode(text).length);

/** `Array.isArray` does not narrow readonly arrays. */
const isArray = (value: unknown): value is readonly DocumentValue[] => Array.isArray(value);
