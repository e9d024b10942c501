import {
  Binary,
  BSONRegExp,
  BSONSymbol,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  appendElement,
  type BsonDocument,
  decodeDocument,
  encodeArray,
  encodeDocument,
  isIdentical,
} from './bson-document.ts';

const scalar = fc.oneof(
  fc.string({ unit: 'binary' }).map(text => text.toWellFormed()),
  fc.boolean(),
  fc.constant(null),
  fc.integer().map(value => new Int32(value)),
  fc.double().map(value => new Double(value)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(value => Long.fromBigInt(value)),
  fc.date({ noInvalidDate: true }),
  fc.uint8Array({ minLength: 12, maxLength: 12 }).map(bytes => new ObjectId(bytes)),
  fc.uint8Array().map(bytes => new Binary(bytes, 0)),
  fc.tuple(fc.nat(), fc.nat()).map(([t, i]) => new Timestamp({ t, i })),
  fc.constantFrom(
    new MinKey(),
    new MaxKey(),
    Decimal128.fromString('1.50'),
    new BSONRegExp('^a', 'i'),
    new BSONSymbol('s'),
    new Code('x', { y: new Int32(1) }),
  ),
);
/** As a `Map`, so that fields named by numbers are not moved. */
const { document } = fc.letrec<{ document: Map<string, unknown>; value: unknown }>(tie => ({
  value: fc.oneof({ maxDepth: 3 }, scalar, tie('document'), fc.array(tie('value'), { maxLength: 3 })),
  document: fc
    .array(fc.tuple(fc.stringMatching(/^[a-z0-9_]{1,3}$/u), tie('value')), { maxLength: 5 })
    .map(entries => new Map(entries)),
}));

it('decodes and encodes any document to the same bytes', () => {
  fc.assert(
    fc.property(document, source => {
      const bytes = serialize(source);
      expect(Buffer.compare(encodeDocument(decodeDocument(bytes)), bytes)).toBe(0);
    }),
  );
});

it('keeps numeric field names in their place', () => {
  const decoded = decodeDocument(
    serialize(
      new Map([
        ['b', 1],
        ['0', 2],
      ]),
    ),
  );
  expect([...decoded.keys()]).toEqual(['b', '0']);
});

it('appends to an encoded document as if the whole had been encoded', () => {
  const whole: BsonDocument = new Map();
  whole.set('a', 1).set('list', [new Map([['b', 2]]), new Map()]);
  const list = encodeArray([encodeDocument(new Map([['b', 2]])), encodeDocument(new Map())]);
  expect(appendElement(encodeDocument(new Map([['a', 1]])), 4, 'list', list)).toEqual(encodeDocument(whole));
});

it('tells an integer from a double of the same value', () => {
  expect([isIdentical(1, 1), isIdentical(1, new Double(1)), isIdentical(1n, 1)]).toEqual([true, false, false]);
});
