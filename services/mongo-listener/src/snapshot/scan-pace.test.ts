import { expect, it } from 'vitest';
import { paceOfScan, renderPace } from './scan-pace.ts';

const progress = (scanned: number) => ({
  room: { scanned: 200, expected: 200, done: true },
  message: { scanned, expected: 999_800, done: false },
});

it('judges by what this process read, not by what was done before', () => {
  const pace = paceOfScan(progress(499_800), progress(400_000), 10_000);

  expect(pace).toEqual({ scanned: 500_000, expected: 1_000_000, perSecond: 9_980, secondsLeft: 51 });
  expect(renderPace(pace)).toBe('[############------------]  50 %  500,000 of 1,000,000  9,980/s  51 s left');
});

it('does not guess before anything was read', () => {
  expect(renderPace(paceOfScan(progress(0), progress(0), 0))).toBe(
    '[------------------------]   0 %  200 of 1,000,000  0/s',
  );
});

it('is full where there is nothing to read', () => {
  expect(renderPace(paceOfScan({}, {}, 1_000))).toBe('[########################] 100 %  0 of 0  0/s');
});
