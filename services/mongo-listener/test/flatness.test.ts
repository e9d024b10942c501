import { expect, test } from 'vitest';
import { judgeFlatness } from '../proof/flatness.ts';

const MAX = 256e6;
const around = (bytes: number, index: number): number => bytes + (index % 5) * 2e6;

test('memory that rises while warming up and then only breathes is flat', () => {
  const samples = Array.from({ length: 80 }, (_, index) => around(index < 15 ? 80e6 + index * 4e6 : 140e6, index));
  expect(judgeFlatness(samples, MAX)).toMatchObject({ isFlat: true });
});

test('memory that keeps rising is not', () => {
  const samples = Array.from({ length: 80 }, (_, index) => around(100e6 + index * 1e6, index));
  const { isFlat, sentence } = judgeFlatness(samples, MAX);
  expect(isFlat).toBe(false);
  expect(sentence).toContain('growing');
});

test('neither is memory above its limit, or a soak of a moment', () => {
  expect(judgeFlatness([100e6, 300e6, 100e6, 100e6], MAX).isFlat).toBe(false);
  expect(judgeFlatness([100e6, 100e6], MAX).isFlat).toBe(false);
});
