import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PhoneRegion, toE164 } from './e164.ts';

test.each([
  ['+44 20 7946 0103', undefined, '+442079460103'],
  ['+44 (0)20 7946 0103', undefined, '+442079460103'],
  ['0044 20 7946 0103', undefined, '+442079460103'],
  ['12016665626', undefined, '+12016665626'],
  ['351912345678', 'DE', '+351912345678'],
  ['020 7946 0103', 'GB', '+442079460103'],
  ['(020) 7946 0103', 'GB', '+442079460103'],
  ['912 345 678', 'PT', '+351912345678'],
  ['(201) 555-0123', 'US', '+12015550123'],
  ['020 7946 0103', undefined, undefined],
  ['912 345 678', undefined, undefined],
  ['anonymous', 'PT', undefined],
  ['112', 'PT', undefined],
  ['+44', undefined, undefined],
  ['Grace 912345678', 'PT', undefined],
  ['', 'PT', undefined],
] as const)('%j in %s is %s', (written, region, number) => {
  expect(toE164(written, region)).toBe(number);
});

test('a number is read the same however it is spaced, and read again as it is', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 910_000_000, max: 969_999_999 }),
      fc.constantFrom(' ', '-', '.', ''),
      (digits, gap) => {
        const spaced = String(digits).replace(/(\d{3})(?=\d)/gu, `$1${gap}`);
        for (const written of [`+351 ${spaced}`, `00351${spaced}`, `351${digits}`, `+351${digits}`]) {
          expect(toE164(written, 'DE')).toBe(`+351${digits}`);
        }
      },
    ),
  );
});

test('a region is a country', () => {
  expect(PhoneRegion.safeParse('PT').success).toBe(true);
  expect(PhoneRegion.safeParse('Portugal').success).toBe(false);
});
