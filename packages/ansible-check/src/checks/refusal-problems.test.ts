import { expect, test } from 'vitest';
import { refusalProblems } from './refusal-problems.ts';

const refusal = { input: 'bad network', sentence: '10.0.0.0/33 is not a network' };
const recap = (changed: number) => `one : ok=3    changed=${changed}    unreachable=0    failed=1`;
const refused = { exitCode: 2, stdout: `msg: 10.0.0.0/33 is\n    not a network\n${recap(0)}`, stderr: '' };

test('a run that ends with the sentence before anything is touched has refused', () => {
  expect(refusalProblems(refusal, refused)).toEqual([]);
});

test.each([
  ['one that goes on', { ...refused, exitCode: 0 }, 'is not refused'],
  ['one that ends without the sentence', { ...refused, stdout: recap(0), stderr: 'Traceback' }, 'Traceback'],
  [
    'one that touched a server before',
    { ...refused, stdout: refused.stdout.replace(recap(0), recap(2)) },
    'one was changed by 2 tasks first',
  ],
])('%s has not', (_, run, problem) => {
  expect(refusalProblems(refusal, run)).toEqual([expect.stringContaining(problem)]);
});
