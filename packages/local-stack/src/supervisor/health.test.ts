import { expect, test } from 'vitest';
import { HEALTHY, isLost, observe, type Pulse } from './health.ts';
import { countFailure, restartDelayMs } from './restart-delay.ts';

const after = (...pulses: Pulse[]) => isLost(pulses.reduce(observe, HEALTHY));

test('a part that refuses twice in a row is lost', () => {
  expect(after('refused')).toBe(false);
  expect(after('refused', 'refused')).toBe(true);
  expect(after('refused', 'well', 'refused')).toBe(false);
});

test('a part that is only silent gets more time than one that refuses', () => {
  expect(after('silent', 'silent', 'silent')).toBe(false);
  expect(after(...Array.from({ length: 15 }, (): Pulse => 'silent'))).toBe(true);
});

test('the first restart is at once, later ones wait ever longer, but never more than ten seconds', () => {
  expect([0, 1, 2, 3, 4].map(restartDelayMs)).toEqual([0, 250, 500, 1_000, 2_000]);
  expect(restartDelayMs(40)).toBe(10_000);
});

test('only ends without a recovery in between add up', () => {
  expect(countFailure(3, 200)).toBe(4);
  expect(countFailure(3, 60_000)).toBe(0);
});
