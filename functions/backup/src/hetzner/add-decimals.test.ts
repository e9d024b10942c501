import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDecimals } from './add-decimals.ts';

describe('addDecimals', () => {
  it.each([
    ['0.0096000000', '0.0008000000', '0.0104000000'],
    ['0.9', '0.15', '1.05'],
    ['7', '3', '10'],
    ['7', '0.5', '7.5'],
    ['0.1', '0.2', '0.3'],
  ])('%s + %s = %s', (a, b, sum) => {
    expect(addDecimals(a, b)).toBe(sum);
  });

  it('loses no digit', () => {
    const decimal = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.bigInt({ min: 0n, max: 10n ** 16n - 1n }));
    const textOf = ([whole, fraction]: [bigint, bigint]) => `${whole}.${fraction.toString().padStart(16, '0')}`;
    const valueOf = ([whole, fraction]: [bigint, bigint]) => whole * 10n ** 16n + fraction;
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(BigInt(addDecimals(textOf(a), textOf(b)).replace('.', ''))).toBe(valueOf(a) + valueOf(b));
      }),
    );
  });
});
