import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDuration } from './read-duration.ts';

describe('a duration', () => {
  test.each([
    ['P1D', 1, 0],
    ['-P3D', -3, 0],
    ['+P2W', 14, 0],
    ['P1M', 0, 1],
    ['-P1Y2M', 0, -14],
    ['P1W3D', 10, 0],
    ['P0D', 0, 0],
  ])('%s', (text, days, months) => {
    expect(readDuration(text)).toEqual({ days, months });
  });

  test.each(['', 'P', '1D', 'PT5H', 'P1DT2H', 'P-1D', 'P1.5D', 'tomorrow', '2026-11-20', 'p1d', 'P99999D'])(
    '%j is none',
    text => {
      expect(readDuration(text)).toBeUndefined();
    },
  );

  test('written in any way is the same distance', () => {
    fc.assert(
      fc.property(fc.integer({ min: -999, max: 999 }), fc.integer({ min: 0, max: 99 }), (days, weeks) => {
        const sign = days < 0 ? '-' : '';
        expect(readDuration(`${sign}P${weeks}W${Math.abs(days)}D`)).toEqual({
          days: (days < 0 ? -1 : 1) * (weeks * 7 + Math.abs(days)) || 0,
          months: 0,
        });
      }),
    );
  });
});
