import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestFits, fitName } from './match-name.ts';

describe('fitName', () => {
  test.each([
    ['Mia Larsen', 'Mia Larsen', 'exact'],
    ['larsen mia', 'Mia Larsen', 'exact'],
    ['ZOE', 'Zoë', 'exact'],
    ['Strauss', 'Strauß', 'exact'],
    ['larsen', 'Mia Larsen', 'part'],
    ["larsen's", 'Mia Larsen', 'part'],
    ['larsne', 'Mia Larsen', 'close'],
    ['Larson', 'Mia Larsen', 'close'],
    ['Schwarzeneger', 'Arnold Schwarzenegger', 'close'],
    ['Mia Ruiz', 'Mia Larsen', 'none'],
    ['Mio', 'Mia', 'none'],
    ['Ann', 'Anna', 'none'],
    ['', 'Mia', 'none'],
    ['Mia', '', 'none'],
  ])('%j against %j: %s', (typed, name, fit) => {
    expect(fitName(typed, name)).toBe(fit);
  });

  test('every name fits itself exactly', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-zÀ-ÿ]{1,12}( [A-Za-zÀ-ÿ'-]{1,12}){0,2}$/u), name => {
        fc.pre(/[A-Za-z]/u.test(name));
        expect(fitName(name, name)).toBe('exact');
      }),
    );
  });

  test('a slip counts only when nobody fits without one', () => {
    const names = ['Mia Larsen', 'Ole Larson', 'Mia Ruiz'];
    expect(bestFits('Larson', names, name => name)).toEqual(['Ole Larson']);
    expect(bestFits('Mia', names, name => name)).toEqual(['Mia Larsen', 'Mia Ruiz']);
    expect(bestFits('Larsn', names, name => name)).toEqual(['Mia Larsen', 'Ole Larson']);
  });
});
