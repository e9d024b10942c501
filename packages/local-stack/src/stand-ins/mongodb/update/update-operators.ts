import { Double, type Timestamp } from 'bson';
import { asNumber, type BsonDocument, type BsonValue, isInt32 } from '../bson/bson-document.ts';
import { compareValues, isEqualValue } from '../bson/order-key.ts';
import { compileFilter, isOperators } from '../query/compile-filter.ts';
import { CommandError } from '../wire/command-error.ts';
import { readPath, removePath, writePath } from './document-path.ts';

/** Changes one path in place, and names every path it may have touched. */
export type UpdateOperator = (document: BsonDocument, path: string, operand: BsonValue, now: UpdateTime) => string[];

export interface UpdateTime {
  readonly date: Date;
  readonly timestamp: Timestamp;
}

export const UPDATE_OPERATORS: Readonly<Record<string, UpdateOperator>> = {
  $set(document, path, operand) {
    writePath(document, path, operand);
    return [path];
  },
  $unset(document, path) {
    removePath(document, path);
    return [path];
  },
  $inc(document, path, operand) {
    writePath(document, path, add(readPath(document, path) ?? 0, operand, path));
    return [path];
  },
  $mul(document, path, operand) {
    writePath(document, path, multiply(readPath(document, path) ?? 0, operand, path));
    return [path];
  },
  $min(document, path, operand) {
    const current = readPath(document, path);
    if (current === undefined || compareValues(operand, current) < 0) writePath(document, path, operand);
    return [path];
  },
  $max(document, path, operand) {
    const current = readPath(document, path);
    if (current === undefined || compareValues(operand, current) > 0) writePath(document, path, operand);
    return [path];
  },
  $rename(document, path, operand) {
    if (typeof operand !== 'string') throw new CommandError(2, `The 'to' field for $rename must be a string: ${path}`);
    const value = readPath(document, path);
    if (value === undefined) return [];
    removePath(document, path);
    writePath(document, operand, value);
    return [path, operand];
  },
  $currentDate(document, path, operand, now) {
    const wantsTimestamp = operand instanceof Map && operand.get('$type') === 'timestamp';
    writePath(document, path, wantsTimestamp ? now.timestamp : now.date);
    return [path];
  },
  $push(document, path, operand) {
    const each = modifier(operand, '$each');
    const values = each === undefined ? [operand] : arrayOf(each, path, '$push');
    const before = arrayAt(document, path, '$push');
    const at = asNumber(modifier(operand, '$position'));
    const start =
      at === undefined ? before.length : at < 0 ? Math.max(0, before.length + at) : Math.min(at, before.length);
    const pushed = [...before.slice(0, start), ...values, ...before.slice(start)];
    const slice = asNumber(modifier(operand, '$slice'));
    if (modifier(operand, '$sort') !== undefined) throw new CommandError(2, 'the stand-in has no $sort in $push');
    const kept = slice === undefined ? pushed : slice < 0 ? pushed.slice(slice) : pushed.slice(0, slice);
    writePath(document, path, kept);
    if (before.length === 0 || start < before.length || slice !== undefined) return [path];
    // What is appended to an array is logged element by element.
    return values.map((_, index) => `${path}.${before.length + index}`);
  },
  $addToSet(document, path, operand) {
    const each = modifier(operand, '$each');
    const values = each === undefined ? [operand] : arrayOf(each, path, '$addToSet');
    const before = arrayAt(document, path, '$addToSet');
    const after = [...before];
    for (const value of values) if (!after.some(item => isEqualValue(item, value))) after.push(value);
    if (after.length === before.length && readPath(document, path) !== undefined) return [];
    writePath(document, path, after);
    if (before.length === 0) return [path];
    return after.slice(before.length).map((_, index) => `${path}.${before.length + index}`);
  },
  $pop(document, path, operand) {
    const before = arrayAt(document, path, '$pop');
    if (before.length > 0) writePath(document, path, asNumber(operand) === -1 ? before.slice(1) : before.slice(0, -1));
    return [path];
  },
  $pull(document, path, operand) {
    if (readPath(document, path) === undefined) return [];
    const drops = pullTest(operand);
    writePath(
      document,
      path,
      arrayAt(document, path, '$pull').filter(item => !drops(item)),
    );
    return [path];
  },
  $pullAll(document, path, operand) {
    if (readPath(document, path) === undefined) return [];
    const unwanted = arrayOf(operand, path, '$pullAll');
    const keeps = (item: BsonValue): boolean => !unwanted.some(value => isEqualValue(value, item));
    writePath(document, path, arrayAt(document, path, '$pullAll').filter(keeps));
    return [path];
  },
};

function modifier(operand: BsonValue, name: string): BsonValue {
  return operand instanceof Map && operand.has('$each') ? operand.get(name) : undefined;
}

function arrayOf(value: BsonValue, path: string, operator: string): BsonValue[] {
  if (!Array.isArray(value)) throw new CommandError(14, `The argument to ${operator} at ${path} must be an array`);
  return value;
}

function arrayAt(document: BsonDocument, path: string, operator: string): BsonValue[] {
  const value = readPath(document, path);
  if (value === undefined) return [];
  if (!Array.isArray(value)) throw new CommandError(2, `Cannot apply ${operator} to a value that is no array: ${path}`);
  return value;
}

/** A document without operators is a filter over elements that are documents; anything else is compared. */
function pullTest(operand: BsonValue): (item: BsonValue) => boolean {
  if (!(operand instanceof Map)) return item => isEqualValue(item, operand);
  if (isOperators(operand)) {
    const { matches } = compileFilter(new Map([['item', operand]]));
    return item => matches(new Map([['item', item]]));
  }
  const { matches } = compileFilter(operand);
  return item => item instanceof Map && matches(item);
}

function add(left: BsonValue, right: BsonValue, path: string): BsonValue {
  return compute(
    left,
    right,
    path,
    '$inc',
    (a, b) => a + b,
    (a, b) => a + b,
  );
}

function multiply(left: BsonValue, right: BsonValue, path: string): BsonValue {
  return compute(
    left,
    right,
    path,
    '$mul',
    (a, b) => a * b,
    (a, b) => a * b,
  );
}

/** Integers stay integers and grow from 32 to 64 bits; with a double everything is a double. */
function compute(
  left: BsonValue,
  right: BsonValue,
  path: string,
  operator: string,
  ofNumbers: (a: number, b: number) => number,
  ofIntegers: (a: bigint, b: bigint) => bigint,
): BsonValue {
  const [a, b] = [asNumber(left), asNumber(right)];
  if (a === undefined || b === undefined) {
    throw new CommandError(14, `Cannot apply ${operator} to a value of non-numeric type: ${path}`);
  }
  if (!isInteger(left) || !isInteger(right)) return new Double(ofNumbers(a, b));
  const result = ofIntegers(BigInt(left), BigInt(right));
  if (BigInt.asIntN(64, result) !== result)
    throw new CommandError(2, `Failed to apply ${operator}: overflow at ${path}`);
  const isLong = typeof left === 'bigint' || typeof right === 'bigint' || BigInt.asIntN(32, result) !== result;
  return isLong ? result : Number(result);
}

function isInteger(value: BsonValue): value is number | bigint {
  return typeof value === 'bigint' || (typeof value === 'number' && isInt32(value));
}
