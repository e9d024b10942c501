import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import type { BsonDocument, BsonValue } from './bson-document.ts';

/**
 * A value as bytes that compare as MongoDB compares the values: first by kind, then within the kind; numbers of all
 * types by their value. Two values are equal to a query exactly when their keys are. Pure.
 */
export function orderKey(value: BsonValue): Buffer {
  if (typeof value === 'string') return stringKey(value); // most ids
  const parts: Buffer[] = [];
  append(parts, value);
  return Buffer.concat(parts);
}

export function compareValues(left: BsonValue, right: BsonValue): number {
  return left === right ? 0 : Buffer.compare(orderKey(left), orderKey(right));
}

export function isEqualValue(left: BsonValue, right: BsonValue): boolean {
  if (left === right) return true;
  if (typeof left === 'string' && typeof right === 'string') return false;
  return orderKey(left).equals(orderKey(right));
}

/** MongoDB's order of kinds. Comparisons with `$gt` and the like stay within one. */
export const KIND = {
  minKey: 0x05,
  null: 0x0a,
  number: 0x1e,
  string: 0x3c,
  object: 0x46,
  array: 0x50,
  binary: 0x5a,
  objectId: 0x64,
  bool: 0x6e,
  date: 0x78,
  timestamp: 0x82,
  regex: 0x8c,
  code: 0x96,
  maxKey: 0xf0,
} as const;

export function kindOf(value: BsonValue): number {
  if (value === null || value === undefined) return KIND.null;
  if (typeof value === 'string' || value instanceof BSONSymbol) return KIND.string;
  if (typeof value === 'boolean') return KIND.bool;
  if (typeof value === 'number' || typeof value === 'bigint' || value instanceof Double) return KIND.number;
  if (value instanceof Decimal128) return KIND.number;
  if (value instanceof Map) return KIND.object;
  if (Array.isArray(value)) return KIND.array;
  if (value instanceof Date) return KIND.date;
  if (value instanceof ObjectId) return KIND.objectId;
  if (value instanceof Timestamp) return KIND.timestamp;
  if (value instanceof Binary) return KIND.binary;
  if (value instanceof BSONRegExp) return KIND.regex;
  if (value instanceof Code) return KIND.code;
  if (value instanceof MinKey) return KIND.minKey;
  if (value instanceof MaxKey) return KIND.maxKey;
  return KIND.object; // a DBRef is a document
}

const END = Buffer.from([0]);
const SIGN = 0x8000_0000_0000_0000n;

function append(parts: Buffer[], value: BsonValue): void {
  const kind = kindOf(value);
  if (typeof value === 'string' || value instanceof BSONSymbol) {
    parts.push(stringKey(typeof value === 'string' ? value : value.value));
    return;
  }
  parts.push(Buffer.from([kind]));
  if (kind === KIND.number) appendNumber(parts, value);
  else if (value instanceof Map) appendDocument(parts, value);
  else if (Array.isArray(value)) {
    for (const item of value) append(parts, item);
    parts.push(END);
  } else if (value instanceof Date) parts.push(bigEndian(BigInt.asUintN(64, BigInt(dateMs(value)) ^ SIGN)));
  else if (value instanceof ObjectId) parts.push(Buffer.from(value.id));
  else if (typeof value === 'boolean') parts.push(Buffer.from([value ? 1 : 0]));
  else if (value instanceof Timestamp) parts.push(bigEndian(value.toBigInt()));
  else if (value instanceof Binary) {
    const head = Buffer.alloc(5);
    head.writeUInt32BE(value.length());
    head[4] = value.sub_type;
    parts.push(head, Buffer.from(value.value()));
  } else if (value instanceof BSONRegExp) parts.push(stringKey(value.pattern), stringKey(value.options));
  else if (value instanceof Code) parts.push(stringKey(value.code));
}

function appendDocument(parts: Buffer[], document: BsonDocument): void {
  for (const [name, value] of document) {
    parts.push(Buffer.from([kindOf(value)]), Buffer.from(name), END);
    append(parts, value);
  }
  parts.push(END);
}

/** Zero bytes are escaped, so that a text sorts before its own continuations whatever follows the key. */
function stringKey(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (!bytes.includes(0)) {
    const key = Buffer.allocUnsafe(bytes.length + 3);
    key[0] = KIND.string;
    key.set(bytes, 1);
    key[bytes.length + 1] = 0;
    key[bytes.length + 2] = 0;
    return key;
  }
  const escaped = [KIND.string, ...Array.from(bytes, byte => (byte === 0 ? [0, 0xff] : [byte])).flat(), 0, 0];
  return Buffer.from(escaped);
}

/** As the nearest double, then how far an int64 lies from it. */
function appendNumber(parts: Buffer[], value: BsonValue): void {
  const near = value instanceof Decimal128 ? Number(value.toString()) : Number(value);
  const double = Buffer.alloc(8);
  double.writeDoubleBE(near === 0 ? 0 : near); // -0 equals 0
  const bits = double.readBigUInt64BE();
  const sortable = Number.isNaN(near) ? 0n : (bits & SIGN) === 0n ? bits | SIGN : BigInt.asUintN(64, ~bits);
  const rest = Buffer.alloc(2);
  rest.writeUInt16BE(0x8000 + (typeof value === 'bigint' ? Number(value - BigInt(near)) : 0));
  parts.push(bigEndian(sortable), rest);
}

function bigEndian(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

/** A date outside of JavaScript's range has lost its value on the way in. */
function dateMs(value: Date): number {
  const ms = value.getTime();
  return Number.isNaN(ms) ? 0 : ms;
}
