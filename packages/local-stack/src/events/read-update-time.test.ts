import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readUpdateMicros } from './read-update-time.ts';

const varint = (value: bigint): number[] => {
  const bytes: number[] = [];
  let rest = BigInt.asUintN(64, value);
  do {
    bytes.push(Number(rest & 0x7fn) | (rest > 0x7fn ? 0x80 : 0));
    rest >>= 7n;
  } while (rest > 0n);
  return bytes;
};
const number = (field: number, value: bigint): number[] => [...varint(BigInt(field << 3)), ...varint(value)];
const nested = (field: number, content: readonly number[]): number[] => [
  ...varint(BigInt((field << 3) | 2)),
  ...varint(BigInt(content.length)),
  ...content,
];
const fixed64 = (field: number): number[] => [...varint(BigInt((field << 3) | 1)), 1, 2, 3, 4, 5, 6, 7, 8];
const fixed32 = (field: number): number[] => [...varint(BigInt((field << 3) | 5)), 1, 2, 3, 4];

const fieldsAround = fc.array(
  fc.oneof(
    fc.bigInt({ min: 0n, max: 2n ** 63n }).map(value => number(9, value)),
    fc.array(fc.integer({ min: 0, max: 255 }), { maxLength: 200 }).map(content => nested(10, content)),
    fc.constant(fixed64(11)),
    fc.constant(fixed32(12)),
  ),
  { maxLength: 4 },
);

test('the update time is found to the microsecond, whatever stands around it', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_102_444_800 }),
      fc.integer({ min: 0, max: 999_999 }),
      fieldsAround,
      fieldsAround,
      (seconds, micros, before, after) => {
        const time = [...number(1, BigInt(seconds)), ...number(2, BigInt(micros) * 1000n)];
        const document = [...before.flat(), ...nested(4, time), ...after.flat()];
        const event = [...nested(2, document), ...nested(1, document), ...after.flat()];
        expect(readUpdateMicros(new Uint8Array(event))).toBe(BigInt(seconds) * 1_000_000n + BigInt(micros));
      },
    ),
  );
});

test('an event without a new document has none', () => {
  expect(readUpdateMicros(new Uint8Array())).toBeUndefined();
  expect(readUpdateMicros(new Uint8Array(nested(2, nested(4, number(1, 5n)))))).toBeUndefined();
});

test('bytes that are no message are refused', () => {
  expect(() => readUpdateMicros(new Uint8Array([0x80]))).toThrow(RangeError);
  expect(() => readUpdateMicros(new Uint8Array([0x0f]))).toThrow(RangeError);
});
