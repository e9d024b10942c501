import { expect, test } from 'vitest';
import { demandValue, readOptions, UsageError } from './program-options.ts';

const known = { readOnly: 'flag', 'filer.path': 'value', archive: 'either' } as const;

test('options are read with one dash or two, with a value or without', () => {
  const options = readOptions(['-readOnly', '--filer.path=/buckets/a=b', '--archive', 'operand'], known);
  expect(options).toEqual({
    flags: new Set(['readOnly', 'archive']),
    values: new Map([['filer.path', '/buckets/a=b']]),
    operands: ['operand'],
  });
  expect(demandValue(readOptions(['--archive=file'], known), 'archive')).toBe('file');
});

test.each([
  ['one that is not known', '--gzip'],
  ['one of every object', '--constructor'],
  ['a flag with a value', '--readOnly=true'],
  ['a value that is missing', '--filer.path'],
  ['a value that is empty', '--filer.path='],
  ['no option at all', '--='],
])('%s is refused', (_, argument) => {
  expect(() => readOptions([argument], known)).toThrow(UsageError);
});

test('an option that must be there is demanded', () => {
  expect(() => demandValue(readOptions([], known), 'filer.path')).toThrow('filer.path');
});
