import { BSONRegExp } from 'bson';
import type { BsonDocument, BsonValue } from '../bson/bson-document.ts';
import { KIND, kindOf, orderKey } from '../bson/order-key.ts';
import { isOperators } from './compile-filter.ts';

/** Between which keys a field of every matching document must lie. Ends are inclusive: the filter itself is exact. */
export interface Bounds {
  readonly low: Buffer;
  readonly high: Buffer;
  /** The only possible keys, where the filter names them. */
  readonly points?: readonly Buffer[];
}

/** Bounds that a filter implies for a top-level field; `undefined` where it implies none. Pure. */
export function boundsOf(filter: BsonDocument, field: string): Bounds | undefined {
  let bounds: Bounds | undefined;
  for (const [key, operand] of filter) {
    if (key === field) bounds = intersect(bounds, boundsOfOperand(operand));
    if (key === '$and') for (const branch of branchesOf(operand)) bounds = intersect(bounds, boundsOf(branch, field));
    if (key === '$or') bounds = intersect(bounds, hull(branchesOf(operand).map(branch => boundsOf(branch, field))));
  }
  return bounds;
}

function branchesOf(operand: BsonValue): BsonDocument[] {
  return Array.isArray(operand) ? operand.filter(branch => branch instanceof Map) : [];
}

function boundsOfOperand(operand: BsonValue): Bounds | undefined {
  if (operand instanceof BSONRegExp) return undefined;
  if (!isOperators(operand)) return point(operand);
  let bounds: Bounds | undefined;
  for (const [operator, value] of operand) bounds = intersect(bounds, boundsOfOperator(operator, value));
  return bounds;
}

function boundsOfOperator(operator: string, operand: BsonValue): Bounds | undefined {
  const kind = kindOf(operand);
  if (operator === '$eq') return point(operand);
  if (operator === '$in' && Array.isArray(operand)) {
    return operand.some(item => item instanceof BSONRegExp) ? undefined : hull(operand.map(point));
  }
  if (kind === KIND.minKey || kind === KIND.maxKey) return undefined;
  if (operator === '$gt' || operator === '$gte') return { low: orderKey(operand), high: Buffer.from([kind + 1]) };
  if (operator === '$lt' || operator === '$lte') return { low: Buffer.from([kind]), high: orderKey(operand) };
  return undefined;
}

function point(value: BsonValue): Bounds {
  const key = orderKey(value);
  return { low: key, high: key, points: [key] };
}

function intersect(left: Bounds | undefined, right: Bounds | undefined): Bounds | undefined {
  if (left === undefined || right === undefined) return left ?? right;
  const low = Buffer.compare(left.low, right.low) > 0 ? left.low : right.low;
  const high = Buffer.compare(left.high, right.high) < 0 ? left.high : right.high;
  const points = left.points ?? right.points;
  return { low, high, ...(points === undefined ? {} : { points }) };
}

function hull(all: readonly (Bounds | undefined)[]): Bounds | undefined {
  const known = all.filter(bounds => bounds !== undefined);
  const [first, ...others] = known;
  if (first === undefined || known.length < all.length) return undefined;
  return others.reduce<Bounds>((sum, { low, high, points }) => {
    const joined = sum.points === undefined || points === undefined ? undefined : [...sum.points, ...points];
    return {
      low: Buffer.compare(low, sum.low) < 0 ? low : sum.low,
      high: Buffer.compare(high, sum.high) > 0 ? high : sum.high,
      ...(joined === undefined ? {} : { points: joined }),
    };
  }, first);
}
