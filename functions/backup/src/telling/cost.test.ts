import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleRun } from '../testing/example-run.ts';
import { costOf, describeCost, multiplyDecimal } from './cost.ts';

const after = (ms: number): Date => new Date(Date.parse('2026-11-22T02:31:00.000Z') + ms);
const HOUR_MS = 3_600_000;

describe('the cost of a run', () => {
  it.each([
    [1, 1],
    [HOUR_MS, 1],
    [HOUR_MS + 1, 2],
    [6 * HOUR_MS - 1, 6],
    [0, 1],
  ])('counts started hours: %d ms are %d', (livedMs, hours) => {
    expect(costOf(exampleRun(), after(livedMs))?.startedHours).toBe(hours);
  });

  it('is nothing without a server', () => {
    expect(costOf({}, after(0))).toBeUndefined();
  });

  it('is exact where floats are not', () => {
    expect(multiplyDecimal('0.1000000000', 3)).toBe('0.3');
    expect(multiplyDecimal('0.0082000000', 5)).toBe('0.041');
    expect(multiplyDecimal('12', 10)).toBe('120');
    expect(multiplyDecimal('0.0000', 4)).toBe('0');
  });

  it('is the price added to itself', () => {
    const price = fc.tuple(fc.nat(999_999), fc.nat(999_999_999)).map(([a, b]) => `${a}.${String(b).padStart(9, '0')}`);
    const nanos = (text: string): bigint => {
      const [whole = '0', fraction = ''] = text.split('.');
      return BigInt(whole + fraction.padEnd(9, '0'));
    };
    fc.assert(
      fc.property(price, fc.nat(500), (amount, hours) => {
        expect(nanos(multiplyDecimal(amount, hours))).toBe(nanos(amount) * BigInt(hours));
      }),
    );
  });

  it.each([
    ['0.0164', '0.02 EUR'],
    ['0.005', '0.01 EUR'],
    ['0.0049', 'under 0.01 EUR'],
    ['0', '0.00 EUR'],
    ['12.5', '12.50 EUR'],
    ['120', '120.00 EUR'],
  ])('%s is said as %s', (amount, words) => {
    expect(describeCost({ startedHours: 1, amount, currency: 'EUR' })).toBe(words);
  });
});
