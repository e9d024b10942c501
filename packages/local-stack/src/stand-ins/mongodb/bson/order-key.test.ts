import { Binary, Double, MaxKey, MinKey, ObjectId, Timestamp } from 'bson';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BsonValue } from './bson-document.ts';
import { compareValues, isEqualValue } from './order-key.ts';

const orderOf = <T extends number | bigint>(left: T, right: T): number => (left < right ? -1 : left > right ? 1 : 0);

describe('the order of values', () => {
  it('goes by kind first', () => {
    const values: BsonValue[] = [
      new MinKey(),
      null,
      1,
      'a',
      new Map(),
      [],
      new Binary(Buffer.alloc(1)),
      new ObjectId(),
      false,
      new Date(0),
      new Timestamp(0n),
      new MaxKey(),
    ];
    expect(values.toReversed().sort(compareValues)).toEqual(values);
  });

  it('is that of the numbers, whatever their types', () => {
    const number = fc.oneof(
      fc.double({ noNaN: true }).map(value => ({ value, bson: new Double(value) as BsonValue })),
      fc.integer().map(value => ({ value, bson: value })),
    );
    fc.assert(
      fc.property(number, number, (left, right) => {
        expect(compareValues(left.bson, right.bson)).toBe(orderOf(left.value, right.value));
      }),
    );
  });

  it('tells 64-bit integers apart that are one as doubles', () => {
    const long = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(long, fc.bigInt({ min: -3n, max: 3n }), (left, distance) => {
        const right = BigInt.asIntN(64, left + distance);
        expect(compareValues(left, right)).toBe(orderOf(left, right));
      }),
    );
  });

  it('is that of the bytes of texts, zeros included', () => {
    const text = fc.string({ unit: fc.constantFrom('\0', '\u0001', 'a', 'b', 'é', '😀', '\ufffd') });
    fc.assert(
      fc.property(text, text, (left, right) => {
        expect(compareValues(left, right)).toBe(Buffer.compare(Buffer.from(left), Buffer.from(right)));
      }),
    );
  });

  it('is that of the moments of dates, before 1970 too', () => {
    const date = fc.date({ noInvalidDate: true });
    fc.assert(
      fc.property(date, date, (left, right) => {
        expect(compareValues(left, right)).toBe(orderOf(left.getTime(), right.getTime()));
      }),
    );
  });

  it('compares documents field by field, in their order', () => {
    const of = (...entries: [string, BsonValue][]): BsonValue => new Map(entries);
    expect(isEqualValue(of(['a', 1], ['b', 2]), of(['b', 2], ['a', 1]))).toBe(false);
    expect(isEqualValue(of(['a', 1]), of(['a', new Double(1)]))).toBe(true);
    expect(compareValues(of(['a', 1]), of(['a', 1], ['b', 0]))).toBe(-1);
    expect(compareValues(of(['b', 1]), of(['a', 2]))).toBe(1);
  });
});
