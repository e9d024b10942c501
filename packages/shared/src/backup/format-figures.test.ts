import fc from 'fast-check';
import { expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration } from './format-figures.ts';

it.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1 kB'],
  [12_345_000_000, '12.3 GB'],
  [99_940_000, '99.9 MB'],
  [99_960_000, '100 MB'],
  [999_600, '1 MB'],
])('%d bytes are %s', (bytes, words) => {
  expect(formatBytes(bytes)).toBe(words);
});

it('never says a thousand of a unit', () => {
  fc.assert(
    fc.property(fc.maxSafeNat(), bytes => {
      expect(formatBytes(bytes)).toMatch(/^(?:\d{1,2}\.\d|\d{1,3}) [kMGTP]?B$/u);
    }),
  );
});

it.each([
  [0, '0 s'],
  [240, '240 ms'],
  [41_300, '41 s'],
  [24 * 60_000, '24 min'],
  [3.5 * 3_600_000, '3.5 h'],
  [9 * 86_400_000, '9 days'],
])('%d ms are %s', (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});

it.each([
  [1, '1 entry'],
  [0, '0 entries'],
  [41_201, '41,201 entries'],
])('%d are %s', (count, words) => {
  expect(formatCount(count, 'entry', 'entries')).toBe(words);
});
