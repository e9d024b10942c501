import { expect, test } from 'vitest';
import { table } from './table.ts';

test('columns are as wide as their widest cell, figures stand at the right', () => {
  const rows = [
    ['guesty', 1_204],
    ['aircall', 7],
  ];
  expect(table(['vendor', 'read'], rows)).toBe('vendor    read\nguesty   1,204\naircall      7');
});

test('others’ text cannot move the cursor', () => {
  expect(table(['id'], [['a\u001B[2Jb\u0000\u202Ec']])).toBe('id\na·[2Jb··c');
});
