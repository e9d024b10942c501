import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { SEED_MAX } from './suite/property-seed.ts';
import { runVitest } from './suite/run-vitest.ts';
import { sumUp, type Tally } from './suite/tally.ts';

/** `./dev prove-properties`: the unit tests again and again, their properties each time under another seed. */
const HELP = `Usage: ./dev prove-properties [--rounds NUMBER] [--seed NUMBER]

Runs every test that needs nothing but Node, its properties under one seed after another, where ./dev test plays one
seed a commit. Exits 1 when one was broken; its seed, its path and its smallest example stand at the end.
  --rounds NUMBER  how many seeds (3), each a good minute
  --seed NUMBER    the first; the next is one more`;

const ROOT = join(import.meta.dirname, '..');

const { values } = readArguments(HELP, { options: { rounds: { type: 'string' }, seed: { type: 'string' } } });
const rounds = Number(values.rounds ?? 3);
const seed = Number(values.seed ?? randomInt(SEED_MAX));
if (!Number.isSafeInteger(rounds) || rounds < 1 || !Number.isSafeInteger(seed)) {
  console.error('--rounds and --seed take whole numbers, --rounds at least 1.');
  process.exitCode = 2;
} else process.exitCode = await prove();

async function prove(): Promise<number> {
  const started = performance.now();
  const tallies: Tally[] = [];
  for (let round = 0; round < rounds; round += 1) {
    console.log(`· seed ${seed + round}; the same again: ./dev prove-properties --rounds 1 --seed ${seed + round}`);
    const tally = await runVitest(ROOT, { project: 'unit', propertySeed: seed + round });
    tallies.push({ ...tally, name: `seed ${seed + round}` });
  }
  const { lines, failed } = sumUp(tallies, performance.now() - started);
  for (const line of lines) console.log(line);
  return failed === 0 ? 0 : 1;
}
