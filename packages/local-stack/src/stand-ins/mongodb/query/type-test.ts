import { Binary, BSONRegExp, BSONSymbol, Code, Decimal128, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import { asNumber, type BsonValue, isInt32 } from '../bson/bson-document.ts';
import { CommandError } from '../wire/command-error.ts';
import { type Found, MISSING } from './field-path.ts';

const ALIASES: Readonly<Record<string, number>> = {
  double: 1,
  string: 2,
  object: 3,
  array: 4,
  binData: 5,
  undefined: 6,
  objectId: 7,
  bool: 8,
  date: 9,
  null: 10,
  regex: 11,
  dbPointer: 12,
  javascript: 13,
  symbol: 14,
  javascriptWithScope: 15,
  int: 16,
  timestamp: 17,
  long: 18,
  decimal: 19,
  minKey: -1,
  maxKey: 127,
};
const NUMBERS = [1, 16, 18, 19];

/** The test of `$type`: one type or several, by number or name; `number` is any of the numeric ones. */
export function typeTest(operand: BsonValue): (value: Found) => boolean {
  const types = new Set((Array.isArray(operand) ? operand : [operand]).flatMap(typesOf));
  return value => value !== MISSING && types.has(bsonType(value));
}

function typesOf(wanted: BsonValue): number[] {
  if (wanted === 'number') return NUMBERS;
  const type = typeof wanted === 'string' ? ALIASES[wanted] : asNumber(wanted);
  if (type === undefined) throw new CommandError(2, `Unknown type name alias: ${JSON.stringify(wanted)}`);
  return [type];
}

/** The number of the value's type in BSON. */
export function bsonType(value: BsonValue): number {
  if (value === null) return 10;
  if (value === undefined) return 6;
  if (typeof value === 'string') return 2;
  if (typeof value === 'boolean') return 8;
  if (typeof value === 'bigint') return 18;
  if (typeof value === 'number') return isInt32(value) ? 16 : 1;
  if (value instanceof Map) return 3;
  if (Array.isArray(value)) return 4;
  if (value instanceof Date) return 9;
  if (value instanceof Double) return 1;
  if (value instanceof ObjectId) return 7;
  if (value instanceof Binary) return 5;
  if (value instanceof Timestamp) return 17;
  if (value instanceof Decimal128) return 19;
  if (value instanceof BSONRegExp) return 11;
  if (value instanceof BSONSymbol) return 14;
  if (value instanceof Code) return 13;
  if (value instanceof MinKey) return -1;
  return value instanceof MaxKey ? 127 : 3;
}
