import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matchesPattern } from './event-pattern.ts';

test.each([
  ['reservation.updated', 'reservation.updated', true],
  ['reservation.updated', 'reservation.updated.v2', false],
  ['reservation.*', 'reservation.updated.v2', true],
  ['*', '', true],
  ['*.v2', 'reservation.updated.v2', true],
  ['call.*ed', 'call.ed', true],
  ['call*call', 'call', false],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
])('%s on %s: %s', (pattern, name, matches) => {
  expect(matchesPattern(pattern, name)).toBe(matches);
});

test('a star stands for any text, and everything else for itself', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', '.', '*'), maxLength: 8 });
  fc.assert(
    fc.property(word, word, (pattern, name) => {
      const expression = pattern
        .split('*')
        .map(part => RegExp.escape(part))
        .join('.*');
      expect(matchesPattern(pattern, name)).toBe(new RegExp(`^${expression}$`, 'u').test(name));
    }),
  );
});
