import { randomInt } from 'node:crypto';
import { progressBar } from '@innkeeper/local-stack/cli/progress-bar';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { startListenerCopy } from './listener-copy.ts';
import { describeFlaws, runSchedules } from './run-schedules.ts';

/** `./dev prove-listener`: whatever dies, refuses or forgets, nothing is lost, invented or out of order. */
const HELP = `Usage: ./dev prove-listener [--schedules NUMBER] [--seed NUMBER]

Plays seeded schedules (200) of chat and trouble on the listener: kills between any two of its steps, cuts, elections,
lost history, dropped collections, Pub/Sub that refuses, doubles or delays, positions that cannot be saved, two copies at
once. Compares every change with what arrived. Exits 1 when anything was lost, invented, out of order or different in the
end; then it prints how to run that schedule again.
  --schedules NUMBER  how many
  --seed NUMBER       the first one's seed; the others follow it
MONGODB_URI names a real replica set to play on, whose databases innkeeper_proof_<seed> are dropped; without it a
stand-in is started. Faults of a server that only the stand-in does when told are left out there.`;

const { values } = readArguments(HELP, { options: { schedules: { type: 'string' }, seed: { type: 'string' } } });
const schedules = Number(values.schedules ?? 200);
const first = Number(values.seed ?? randomInt(1, 1_000_000));
if (!Number.isSafeInteger(schedules) || schedules < 1 || !Number.isSafeInteger(first)) {
  console.error('--schedules and --seed take whole numbers, --schedules at least 1.');
  process.exitCode = 2;
} else process.exitCode = await prove();

async function prove(): Promise<number> {
  const uri = process.env['MONGODB_URI'] || undefined;
  console.log(
    `· seeds ${first} to ${first + schedules - 1}, on ${uri === undefined ? 'the stand-in' : 'the replica set of MONGODB_URI'}`,
  );
  const sum = { changes: 0, arrivals: 0, copies: 0, healings: 0 };
  const bar = progressBar(schedules, 'schedules');
  const startedMs = performance.now();
  const flawed = await runSchedules({
    seeds: Array.from({ length: schedules }, (_, index) => first + index),
    uri,
    startCopy: startListenerCopy,
    onOutcome: outcome => {
      for (const name of Object.keys(sum) as (keyof typeof sum)[]) sum[name] += outcome[name];
      bar.advance();
    },
  });
  bar.end();
  for (const outcome of flawed) console.error(describeFlaws(outcome));
  const tell = (number: number): string => number.toLocaleString('en-GB');
  console.log(
    `· ${tell(schedules)} schedules in ${Math.round((performance.now() - startedMs) / 1_000)} s: ${tell(sum.changes)} changes, ` +
      `${tell(sum.arrivals)} arrivals, ${tell(sum.copies)} copies of the listener, ${tell(sum.healings)} healings`,
  );
  const count = (kind: 'lost' | 'invented' | 'disordered' | 'different'): number =>
    flawed.reduce((total, { damage }) => total + damage[kind].length, 0);
  console.log(
    `${count('lost')} lost, ${count('invented')} invented, ${count('disordered')} out of order, ` +
      `${count('different')} different in the end; ${flawed.length} schedules with flaws`,
  );
  return flawed.length === 0 ? 0 : 1;
}
