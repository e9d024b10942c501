import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseRange, resolveRange } from './byte-range.ts';

describe('a range of bytes', () => {
  test.each([
    ['bytes=0-', { offset: 0 }],
    ['bytes=5-', { offset: 5 }],
    ['bytes=5-9', { offset: 5, length: 5 }],
    ['bytes=5-5', { offset: 5, length: 1 }],
    ['bytes=-3', { suffix: 3 }],
  ])('%j is understood', (header, range) => {
    expect(parseRange(header)).toEqual(range);
  });

  test.each([
    null,
    '',
    'bytes=',
    'bytes=-',
    'bytes=9-5',
    'bytes=0-1,3-4',
    'items=0-1',
    'bytes=1e3-',
    'bytes= 0-1',
    'bytes=0-1 ',
    'bytes=9999999999999999-',
  ])('%j is none, and everything is sent', header => {
    expect(parseRange(header)).toBeUndefined();
  });

  test('picks the bytes that the same slice of an array has', () => {
    const size = fc.nat({ max: 50 });
    const range = fc.oneof(
      fc.record({ offset: fc.nat({ max: 60 }) }),
      fc.record({ offset: fc.nat({ max: 60 }), length: fc.integer({ min: 1, max: 60 }) }),
      fc.record({ suffix: fc.nat({ max: 60 }) }),
    );
    fc.assert(
      fc.property(size, range, (bytes, asked) => {
        const content = Array.from({ length: bytes }, (_, index) => index);
        const expected =
          'suffix' in asked
            ? content.slice(Math.max(0, bytes - asked.suffix))
            : content.slice(asked.offset, 'length' in asked ? asked.offset + asked.length : undefined);
        const resolved = resolveRange(asked, bytes);
        expect(resolved === undefined ? [] : content.slice(resolved.first, resolved.last + 1)).toEqual(expected);
      }),
    );
  });
});
