import { ExtensionCodec, encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Unknown, type Value } from './value.ts';
import { decodeValue, encodeValue } from './wire-value.ts';

const name = fc.string({ minLength: 1 }).filter(key => key !== '__proto__');
const { value: anyValue } = fc.letrec<{ value: Value }>(tie => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).filter(number => !Object.is(number, -0)),
    fc.string(),
    fc.constant(Unknown.value),
    fc.array(tie('value')),
    fc.dictionary(name, tie('value'), { noNullPrototype: true }),
  ),
}));

test('every value comes back as it was sent', () => {
  fc.assert(
    fc.property(anyValue, value => {
      expect(decodeValue(encodeValue(value))).toEqual(value);
    }),
  );
});

test('an unknown about which something is known is an unknown', () => {
  const bytes = encode({ id: REFINED }, { extensionCodec: withRefined });
  expect(decodeValue(bytes)).toEqual({ id: Unknown.value });
});

const REFINED = Symbol('refined');
const withRefined = new ExtensionCodec();
withRefined.register({
  type: 12,
  encode: value => (value === REFINED ? encode({ 1: false }) : null),
  decode: () => undefined,
});

test('the type before a dynamic value is handed on as it came', () => {
  const dynamic = [new TextEncoder().encode('"string"'), 'strict'];
  const decoded = decodeValue(encode(dynamic));
  expect(encodeValue(decoded)).toEqual(encode(dynamic));
});
