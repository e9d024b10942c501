import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DocumentFields, DocumentReference, GeoPoint, Timestamp } from '../../ports/document-store.ts';
import { arbitraryFields } from '../../testing/arbitrary-document.ts';
import { refusalOf } from './document-limits.ts';
import { createValueCodec, type WireFields, type WireValue } from './value-codec.ts';

const ROOT = 'projects/p/databases/(default)/documents';
const codec = createValueCodec(ROOT);

describe('the value codec', () => {
  it('brings every document back as it was, through JSON', () => {
    fc.assert(
      fc.property(arbitraryFields, fields => {
        const wire = JSON.parse(JSON.stringify(codec.encodeFields(fields))) as WireFields;
        expect(codec.decodeFields(wire)).toEqual(fields);
      }),
    );
  });

  it('only makes documents of what Firestore takes', () => {
    fc.assert(
      fc.property(arbitraryFields, fields => {
        expect(refusalOf([{ op: 'set', path: 'records/a', fields }])).toBeUndefined();
      }),
    );
  });

  it.each<[DocumentFields[string], WireValue]>([
    [null, { nullValue: null }],
    [false, { booleanValue: false }],
    [42, { integerValue: '42' }],
    [2 ** 53, { doubleValue: 9_007_199_254_740_992 }],
    [0.5, { doubleValue: 0.5 }],
    [Number.NaN, { doubleValue: 'NaN' }],
    [Number.NEGATIVE_INFINITY, { doubleValue: '-Infinity' }],
    [-(2n ** 63n), { integerValue: '-9223372036854775808' }],
    ['ä', { stringValue: 'ä' }],
    [new Timestamp(1n), { timestampValue: '1970-01-01T00:00:00.000001Z' }],
    [new Timestamp(-1n), { timestampValue: '1969-12-31T23:59:59.999999Z' }],
    [Uint8Array.from([251, 255]), { bytesValue: '+/8=' }],
    [new GeoPoint(1.5, -2), { geoPointValue: { latitude: 1.5, longitude: -2 } }],
    [new DocumentReference('records/a'), { referenceValue: `${ROOT}/records/a` }],
    [[1, []], { arrayValue: { values: [{ integerValue: '1' }, { arrayValue: { values: [] } }] } }],
    [{ a: {} }, { mapValue: { fields: { a: { mapValue: { fields: {} } } } } }],
  ])('writes %o as Firestore names it', (value, wire) => {
    expect(codec.encode(value)).toEqual(wire);
    expect(codec.decode(wire)).toEqual(value);
  });

  it('reads what Firestore leaves out of an answer as empty', () => {
    expect(codec.decodeFields(undefined)).toEqual({});
    expect(codec.decode({ arrayValue: {} })).toEqual([]);
    expect(codec.decode({ mapValue: {} })).toEqual({});
    expect(codec.decode({ geoPointValue: {} })).toEqual(new GeoPoint(0, 0));
  });

  it('reads an integer within the safe range as a number, also where it was written as a bigint', () => {
    expect(codec.decode(codec.encode(5n))).toBe(5);
  });

  it.each(['2026-11-21T09:41:00Z', '2026-11-21T09:41:00.000Z', '2026-11-21T09:41:00.000000999Z'])(
    'reads the time %s to the microsecond',
    text => {
      expect(codec.decode({ timestampValue: text })).toEqual(Timestamp.fromMillis(Date.UTC(2026, 10, 21, 9, 41)));
    },
  );

  it('keeps the full name of a reference into another database', () => {
    const elsewhere = 'projects/p/databases/ops/documents/backups/a';
    expect(codec.decode({ referenceValue: elsewhere })).toEqual(new DocumentReference(elsewhere));
  });

  it('stops at a value type or a time it does not know, rather than guess', () => {
    expect(() => codec.decode({ vectorValue: [] } as unknown as WireValue)).toThrow('vectorValue');
    expect(() => codec.decode({ timestampValue: 'yesterday' })).toThrow(TypeError);
  });
});
