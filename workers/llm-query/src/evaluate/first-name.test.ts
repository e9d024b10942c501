import { expect, test } from 'vitest';
import { firstNameOf } from './first-name.ts';

test.each([
  ['Mia Larsen', 'Mia'],
  ['Larsen, Mia', 'Mia'],
  ['Mia', 'Mia'],
  ['Jean-Luc Larsen', 'Jean-Luc'],
  ['Mia\u00a0Larsen', 'Mia'],
  ['Mia\u200bLarsen', 'Mia'],
  ['Mia.Larsen', 'Mia'],
  ['D’Arcy O’Neill', 'D’Arcy'],
  ['Zoë Ruiz', 'Zoë'],
  ['Larsen,', 'Larsen'],
  ['123 🎉', 'guest'],
])('of %j is %j', (name, first) => {
  expect(firstNameOf(name)).toBe(first);
});
