import {
  type Binary,
  type BSONRegExp,
  type BSONSymbol,
  type Code,
  type DBRef,
  type Decimal128,
  Double,
  deserialize,
  type Long,
  type MaxKey,
  type MinKey,
  ObjectId,
  onDemand,
  serialize,
  Timestamp,
} from 'bson';

/**
 * BSON as this stand-in works with it: a document is a `Map`, so the order of its fields survives any change (a
 * JavaScript object would move `"0"` to the front), and every value encodes back to the type it came as. Pure.
 *
 * An int32 is a number; a double is a number unless it would come back as an int32, then a `Double`; an int64 is a bigint.
 */
export type BsonValue =
  | null
  | undefined
  | boolean
  | string
  | number
  | bigint
  | Date
  | Double
  | Long
  | ObjectId
  | Binary
  | Timestamp
  | Decimal128
  | BSONRegExp
  | BSONSymbol
  | Code
  | DBRef
  | MinKey
  | MaxKey
  | BsonDocument
  | BsonValue[];
export type BsonDocument = Map<string, BsonValue>;

export const BSON_TYPE = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  int: 16,
  timestamp: 17,
  long: 18,
} as const;

/** @throws BSONError for bytes that are not a BSON document. */
export function decodeDocument(bytes: Uint8Array, offset = 0): BsonDocument {
  const buffer = asBuffer(bytes);
  const document: BsonDocument = new Map();
  for (const element of onDemand.parseToElements(buffer, offset)) {
    document.set(nameOf(buffer, element), decodeElement(buffer, element));
  }
  return document;
}

/** Only these top-level fields, so that a scan does not pay for what it does not look at. */
export function decodeFields(bytes: Uint8Array, fields: ReadonlySet<string>): BsonDocument {
  const buffer = asBuffer(bytes);
  const document: BsonDocument = new Map();
  for (const element of onDemand.parseToElements(buffer, 0)) {
    const name = nameOf(buffer, element);
    if (fields.has(name)) document.set(name, decodeElement(buffer, element));
  }
  return document;
}

export function encodeDocument(document: BsonDocument): Buffer {
  return asBuffer(serialize(document, { ignoreUndefined: false }));
}

/** The document with one more element at its end, whose value is already encoded. */
export function appendElement(document: Uint8Array, type: number, name: string, value: Uint8Array): Buffer {
  const nameBytes = Buffer.byteLength(name);
  const size = document.length + 2 + nameBytes + value.length;
  const result = Buffer.allocUnsafe(size);
  result.set(document);
  let at = document.length - 1;
  result[at++] = type;
  at += result.write(name, at);
  result[at++] = 0;
  result.set(value, at);
  result[size - 1] = 0;
  result.writeInt32LE(size, 0);
  return result;
}

/** Encoded documents as the value of an array element. */
export function encodeArray(documents: readonly Uint8Array[]): Buffer {
  const names = documents.map((_, index) => Buffer.from(`\u0003${index}\0`));
  const size = documents.reduce((sum, document, index) => sum + document.length + (names[index]?.length ?? 0), 5);
  const result = Buffer.allocUnsafe(size);
  result.writeInt32LE(size, 0);
  let at = 4;
  for (const [index, document] of documents.entries()) {
    const name = names[index];
    if (name === undefined) continue;
    result.set(name, at);
    at += name.length;
    result.set(document, at);
    at += document.length;
  }
  result[at] = 0;
  return result;
}

/** The number in any of BSON's numeric types; `undefined` for everything else. */
export function asNumber(value: BsonValue): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Double ? value.value : undefined;
}

type Element = [type: number, nameOffset: number, nameLength: number, offset: number, length: number];

export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function nameOf(buffer: Buffer, [, offset, length]: Element): string {
  return buffer.toString('utf8', offset, offset + length);
}

function decodeElement(buffer: Buffer, element: Element): BsonValue {
  const [type, , , offset, length] = element;
  switch (type) {
    case BSON_TYPE.double:
      return decodeDouble(buffer.readDoubleLE(offset));
    case BSON_TYPE.string:
      return buffer.toString('utf8', offset + 4, offset + length - 1);
    case BSON_TYPE.object:
      return decodeDocument(buffer, offset);
    case BSON_TYPE.array:
      return Array.from(onDemand.parseToElements(buffer, offset), item => decodeElement(buffer, item));
    case BSON_TYPE.objectId:
      return new ObjectId(Buffer.from(buffer.subarray(offset, offset + 12)));
    case BSON_TYPE.bool:
      return buffer[offset] === 1;
    case BSON_TYPE.date:
      return new Date(Number(buffer.readBigInt64LE(offset)));
    case BSON_TYPE.null:
      return null;
    case BSON_TYPE.int:
      return buffer.readInt32LE(offset);
    case BSON_TYPE.timestamp:
      return new Timestamp(buffer.readBigUInt64LE(offset));
    case BSON_TYPE.long:
      return buffer.readBigInt64LE(offset);
    default:
      return decodeRare(buffer, element);
  }
}

function decodeDouble(value: number): number | Double {
  return isInt32(value) ? new Double(value) : value;
}

/** Whether the number is written as an int32; any other is written as a double. */
export function isInt32(value: number): boolean {
  return Number.isInteger(value) && value >= -0x8000_0000 && value <= 0x7fff_ffff && !Object.is(value, -0);
}

/** Equal to the last bit, types and order of fields included. */
export function isIdentical(left: BsonValue, right: BsonValue): boolean {
  return left === right || encodeDocument(new Map([['', left]])).equals(encodeDocument(new Map([['', right]])));
}

/** The library decodes what is not worth a case of its own. */
function decodeRare(buffer: Buffer, [type, , , offset, length]: Element): BsonValue {
  const alone = appendElement(Buffer.from([5, 0, 0, 0, 0]), type, 'v', buffer.subarray(offset, offset + length));
  const decoded = deserialize(alone, { promoteValues: false, bsonRegExp: true }) as { v: BsonValue };
  return decoded.v;
}
