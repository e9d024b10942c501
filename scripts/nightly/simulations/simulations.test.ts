import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { Finding } from '@innkeeper/github-reports/issues/finding';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { describeFailure } from './describe-failure.ts';
import { playSimulation } from './play-simulation.ts';
import { commandOf, Simulations } from './simulation.ts';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const simulations = Simulations.parse(JSON.parse(read('scripts/nightly/simulations.json')));
const { scripts } = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')));

describe('the simulations of a night', () => {
  test('are all proofs there are, the soak and the kill test', () => {
    const long = Object.keys(scripts).filter(name => /^(?:prove-|soak-|kill-test$)/u.test(name));
    expect(simulations.map(({ name }) => name).toSorted()).toEqual(long.toSorted());
  });

  test.each(simulations)('$name takes a seed and the options it is given, and prints its seed', ({ name, ...rest }) => {
    const source = read(scripts[name]?.replace('node ', '') ?? name);
    const options = rest.arguments.filter(word => word.startsWith('--')).map(word => word.slice(2));
    for (const option of ['seed', ...options]) expect(source).toContain(`${option}: { type: 'string' }`);
    expect(source).toMatch(/seeds? \$\{/u);
  });

  test.each(simulations)('$name may take longer than usual', ({ minutes, minutesMax }) => {
    expect(minutesMax).toBeGreaterThan(minutes * 1.4);
  });
});

const [simulation = { name: 'none', arguments: [], minutes: 1, minutesMax: 10 }] = simulations;

test('a failure says how to play the same again, under a key that is the same tomorrow', () => {
  const failure = { seed: 17, exitCode: 1, output: ['1 lost', 'token="0123456789abcdef0123"'] };
  const found = Finding.parse(describeFailure(simulation, failure));
  const tomorrow = describeFailure(simulation, { ...failure, seed: 18 });
  expect([found.key, found.title]).toEqual([tomorrow.key, tomorrow.title]);
  expect(found.body).toContain(commandOf(simulation, 17).join(' '));
  expect(found.body).toContain('1 lost');
  expect(found.body).not.toContain('0123456789abcdef0123');
  expect(describeFailure(simulation, { ...failure, exitCode: undefined }).body).toContain('did not end within');
});

describe('playing', () => {
  const sink = (): PassThrough => new PassThrough().resume();
  const play = (script: string, timeMsMax = 60_000) =>
    playSimulation([process.execPath, '--eval', script], { cwd: ROOT, timeMsMax, out: sink(), err: sink() });

  test('gives back how it ended and the end of what it said', async () => {
    const script = 'for (let n = 1; n <= 200; n += 1) console.log(n); console.error("lost"); process.exitCode = 3';
    const { exitCode, output } = await play(script);
    expect(exitCode).toBe(3);
    expect(output).toHaveLength(80);
    expect(output).toContain('200');
    expect(output).toContain('lost');
  });

  test('ends what does not end by itself', async () => {
    expect((await play('console.log("begun"); setInterval(() => undefined, 1000)', 500)).exitCode).toBeUndefined();
  });
});
