import { describe, expect, it } from 'vitest';
import { leavesAt, parsePath, valuesAt } from './payload-path.ts';

const payload = {
  status: 'confirmed',
  guest: { name: 'Anna' },
  'odd.key': 1,
  tags: ['late', 'heating'],
  stays: [{ home: 'l1', nights: [1, 2] }, { home: 'l2' }, 'no object'],
};

describe('a payload path', () => {
  it.each([
    ['status', ['confirmed']],
    ['guest.name', ['Anna']],
    ['guest.age', []],
    ['"odd.key"', [1]],
    ['tags', [['late', 'heating']]],
    ['tags[]', ['late', 'heating']],
    ['tags[1]', ['heating']],
    ['tags[7]', []],
    ['stays[].home', ['l1', 'l2']],
    ['stays.home', []],
    ['stays[].nights', [[1, 2]]],
    ['stays[].nights[]', [1, 2]],
    ['constructor', []],
  ])('%s reads its values', (path, values) => {
    expect(valuesAt(payload, parsePath(path))).toEqual(values);
  });

  it('takes a final array apart for conditions', () => {
    expect(leavesAt(payload, parsePath('tags'))).toEqual(['late', 'heating']);
    expect(leavesAt(payload, parsePath('status'))).toEqual(['confirmed']);
  });
});
