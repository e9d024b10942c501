import { describe, expect, it } from 'vitest';
import { findDifference } from './find-difference.ts';

const hits = (...pairs: [string, number][]) => pairs.map(([id, score]) => ({ id, score }));

describe('findDifference', () => {
  it.each([
    ['a float within 1e-4', { a: 0.33333 }, { a: 0.33334 }],
    ['another time and operation', { time: 1, operation_id: 2 }, { operation_id: 3 }],
    ['an error in other words', { error: 'Wrong input: this' }, { error: 'Wrong input: that' }],
    ['hits of equal score in another order', hits(['a', 1], ['b', 1], ['c', 0]), hits(['b', 1], ['a', 1], ['c', 0])],
    ['keys in another order', { a: 1, b: [2] }, { b: [2], a: 1 }],
  ])('lets pass %s', (_name, expected, got) => {
    expect(findDifference(expected, got, undefined)).toBeUndefined();
  });

  it.each([
    ['another number', { a: 1 }, { a: 1.001 }],
    ['another text', { a: 'x' }, { a: 'y' }],
    ['another kind of value', { a: null }, { a: 0 }],
    ['a missing key', { a: 1, b: 2 }, { a: 1 }],
    ['a key too many', { a: 1 }, { a: 1, b: 2 }],
    ['another kind of error', { error: 'Wrong input: this' }, { error: 'Not found: this' }],
    ['a list that is shorter', [1, 2], [1]],
    ['a plain list in another order', [1, 2], [2, 1]],
    ['hits of different score in another order', hits(['a', 1], ['b', 0.5]), hits(['b', 1], ['a', 0.5])],
    ['another hit of the same score', hits(['a', 1], ['b', 1]), hits(['a', 1], ['c', 1])],
  ])('finds %s', (_name, expected, got) => {
    expect(findDifference(expected, got, undefined)).toEqual(expect.any(String));
  });

  it('does not ask which of equal hits the limit cut off, but how many', () => {
    const expected = hits(['a', 1], ['b', 0], ['c', 0]);
    expect(findDifference(expected, hits(['a', 1], ['b', 0], ['d', 0]), 3)).toBeUndefined();
    expect(findDifference(expected, hits(['a', 1], ['b', 0], ['d', 0.5]), 3)).toEqual(expect.any(String));
    expect(findDifference(expected, hits(['z', 1], ['b', 0], ['c', 0]), 3)).toEqual(expect.any(String));
  });
});
