import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toNanoseconds } from './compare-files.ts';

test('an instant keeps its nanoseconds, in whatever zone it is written', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4_000_000_000 }),
      fc.integer({ min: 0, max: 999_999_999 }),
      fc.integer({ min: -14 * 4, max: 14 * 4 }),
      (seconds, nanoseconds, quarters) => {
        const local = new Date((seconds + quarters * 900) * 1_000).toISOString().slice(0, 19);
        const minutes = Math.abs(quarters) * 15;
        const pad = (value: number): string => String(value).padStart(2, '0');
        const zone = `${quarters < 0 ? '-' : '+'}${pad(Math.floor(minutes / 60))}:${pad(minutes % 60)}`;
        const fraction = String(nanoseconds).padStart(9, '0').replace(/0+$/u, '');
        const instant = `${local}${fraction === '' ? '' : `.${fraction}`}${zone}`;
        expect(toNanoseconds(instant)).toBe(BigInt(seconds) * 1_000_000_000n + BigInt(nanoseconds));
      },
    ),
  );
});

test('what is no instant is a bug, not 1970', () => {
  expect(() => toNanoseconds('yesterday')).toThrow('none');
});
