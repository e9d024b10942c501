import fc from 'fast-check';
import {
  type DocumentFields,
  DocumentReference,
  type DocumentValue,
  GeoPoint,
  Timestamp,
} from '../ports/document-store.ts';

/** Any document that Firestore takes: every type of value, nested, with names and texts of any characters. */
const text = fc.string({ unit: 'binary', maxLength: 20 });
const fieldName = fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }).filter(name => !/^__.*__$/su.test(name));

const INTEGER_MAX = 2n ** 63n - 1n;
const UNSAFE = BigInt(Number.MAX_SAFE_INTEGER) + 1n;

const idSegment = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 20 })
  .map(id => id.replaceAll('/', '%2F'))
  .filter(id => !/^__.*__$/su.test(id) && id !== '.' && id !== '..');

const scalar: fc.Arbitrary<DocumentValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double(),
  fc.constantFrom(-0, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 5e-324, 2 ** 53),
  fc.bigInt({ min: UNSAFE, max: INTEGER_MAX }),
  fc.bigInt({ min: -INTEGER_MAX - 1n, max: -UNSAFE }),
  text,
  fc.bigInt({ min: -62_135_596_800_000_000n, max: 253_402_300_799_999_999n }).map(micros => new Timestamp(micros)),
  fc.uint8Array({ maxLength: 40 }),
  fc
    .tuple(fc.double({ min: -90, max: 90, noNaN: true }), fc.double({ min: -180, max: 180, noNaN: true }))
    .map(([latitude, longitude]) => new GeoPoint(latitude, longitude)),
  fc.tuple(idSegment, idSegment).map(([collection, id]) => new DocumentReference(`${collection}/${id}`)),
);

const { value } = fc.letrec<{ value: DocumentValue; element: DocumentValue; map: DocumentFields }>(tie => ({
  map: fc.dictionary(fieldName, tie('value'), { maxKeys: 4, noNullPrototype: true }),
  // Firestore takes no list directly inside a list.
  element: fc.oneof({ depthSize: 'small', withCrossShrink: true }, scalar, tie('map')),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    scalar,
    fc.array(tie('element'), { maxLength: 4 }),
    tie('map'),
  ),
}));

export const arbitraryValue: fc.Arbitrary<DocumentValue> = value;

export const arbitraryFields: fc.Arbitrary<DocumentFields> = fc.dictionary(fieldName, value, {
  maxKeys: 6,
  noNullPrototype: true,
});
