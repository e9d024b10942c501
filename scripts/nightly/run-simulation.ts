import { randomInt } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { describeFailure } from './simulations/describe-failure.ts';
import { playSimulation } from './simulations/play-simulation.ts';
import { commandOf, type Simulation, Simulations } from './simulations/simulation.ts';

/** `./dev nightly-simulation`: one long simulation at its size for a night. */
const simulations = Simulations.parse(JSON.parse(readFileSync(new URL('simulations.json', import.meta.url), 'utf8')));
const HELP = `Usage: ./dev nightly-simulation NAME [--seed NUMBER] [--findings FILE]

Plays one of the long simulations under a fresh seed, which it prints first with the command that plays the same again:
${simulations.map(({ name, minutes }) => `  ${name.padEnd(16)} about ${minutes} min`).join('\n')}
  --seed NUMBER    this one instead of a fresh one
  --findings FILE  writes what has to be told to people as JSON for packages/github-reports: [] when all was well
Ends with what the simulation ended with, 1 when its time was over.`;

const { values, positionals } = readArguments(HELP, {
  allowPositionals: true,
  options: { seed: { type: 'string' }, findings: { type: 'string' } },
});
const simulation = simulations.find(({ name }) => name === positionals[0]);
const seed = Number(values.seed ?? randomInt(1, 1_000_000));
if (simulation === undefined || !Number.isSafeInteger(seed)) {
  console.error(`NAME is one of ${simulations.map(({ name }) => name).join(', ')}; --seed takes a whole number.`);
  process.exitCode = 2;
} else process.exitCode = await play(simulation);

async function play(chosen: Simulation): Promise<number> {
  const command = commandOf(chosen, seed);
  console.log(`· seed ${seed}; the same again: ${command.join(' ')}`);
  const { exitCode, output } = await playSimulation(command, {
    cwd: resolve(import.meta.dirname, '../..'),
    out: process.stdout,
    err: process.stderr,
    timeMsMax: chosen.minutesMax * 60_000,
  });
  if (values.findings !== undefined) {
    const findings = exitCode === 0 ? [] : [describeFailure(chosen, { seed, exitCode, output })];
    writeFileSync(values.findings, `${JSON.stringify(findings, undefined, 2)}\n`);
  }
  return exitCode ?? 1;
}
