import { expect, it } from 'vitest';
import type { StepOutcome } from './rehearse.ts';
import { describeEnd, describeStep } from './report.ts';

const command = { command: './dev cost', how: 'real', note: 'n', ms: 900, isWell: true } as const;
const step: StepOutcome = {
  id: 'values',
  title: 'Values',
  ms: 1_240,
  isWell: true,
  commands: [command, { ...command, command: 'terraform lock', how: 'not_here', note: 'asks a registry' }],
};

it('a step is a line, and what did not run here another', () => {
  const [head, below, ...more] = describeStep(step, 2).split('\n');
  expect(head).toMatch(/^✓ {2}3 {2}Values +1\.2 s {2}1 real, 1 not here$/u);
  expect(below?.trim()).toBe('not here: terraform lock (asks a registry)');
  expect(more).toEqual([]);
});

it('a step of no commands is by hand', () => {
  expect(describeStep({ ...step, commands: [] }, 1)).toMatch(/ by hand$/u);
});

it('what failed is shown with its last words', () => {
  const failed = { ...step, isWell: false, commands: [{ ...command, isWell: false, words: 'no\nway' }] };
  expect(
    describeStep(failed, 9)
      .split('\n')
      .map(line => line.trim()),
  ).toEqual([expect.stringMatching(/^✗ 10 {2}Values/u), 'failed: ./dev cost', 'no', 'way']);
  expect(describeEnd([step, failed], 14)).toBe('Broken off in step 2 of 14, after 2.5 s.');
});

it('the end counts what was typed', () => {
  expect(describeEnd([step], 1)).toBe('From empty accounts to the first answer: 1 steps, 1 commands, 1.2 s.');
});
