import { expect, it } from 'vitest';
import { STEPS } from '../../guide/steps.ts';
import { ALL_RULES, playOf } from './all-plays.ts';
import { ALSO } from './operation.ts';

const COMMANDS = [...STEPS.flatMap(({ commands }) => commands), ...Object.values(ALSO).flat()];

it('every command of the guide has its play', () => {
  expect(COMMANDS.filter(command => playOf(command) === undefined)).toEqual([]);
});

it('no play is left of a command that is gone', () => {
  const played = new Set(COMMANDS.map(command => playOf(command)));
  expect(ALL_RULES.filter(([, play]) => !played.has(play)).map(([pattern]) => pattern.source)).toEqual([]);
});

it('only steps of the guide have something besides', () => {
  expect(Object.keys(ALSO).filter(id => !STEPS.some(step => step.id === id))).toEqual([]);
});

it('what does not run here says why', () => {
  expect(COMMANDS.filter(command => playOf(command)?.note === '')).toEqual([]);
});
