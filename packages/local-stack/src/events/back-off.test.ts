import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backOffMs } from './back-off.ts';

const range = { minMs: 250, maxMs: 5_000 };

test('the wait doubles up to its bound, half of it left to chance', () => {
  const longest = [1, 2, 3, 4, 5, 6, 60].map(failures => backOffMs(range, failures, 1));
  expect(longest).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000]);
  expect(backOffMs(range, 3, 0)).toBe(500);
});

test('no number of failures and no chance leads outside the bounds', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1_000_000 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (failures, random) => {
        const wait = backOffMs(range, failures, random);
        expect(wait).toBeGreaterThanOrEqual(range.minMs / 2);
        expect(wait).toBeLessThanOrEqual(range.maxMs);
      },
    ),
  );
});
