import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { EMULATORS_DIRECTORY, locateEmulators } from '@innkeeper/local-stack/supervisor/locate-emulators';
import { allChecks } from './checks/all-checks.ts';
import { runChecks } from './checks/check.ts';
import { quickInfrastructureChecks } from './checks/infrastructure-checks.ts';
import { tellOutcome } from './checks/tell-outcome.ts';
import { SEED_MAX, seedOfSources } from './suite/property-seed.ts';
import { runDemo, runKillTest } from './suite/run-stack.ts';
import { runVitest } from './suite/run-vitest.ts';
import { sumUp, type Tally } from './suite/tally.ts';

/** `./dev test`: the checks, every test, the demo under a fresh seed, and a short kill test. The last line counts them. */
const HELP = `Usage: ./dev test [--filter TEXT] [--seed N]

Runs the checks, every test, the demo and a short kill test, and ends with "N passed, N failed".
  --filter TEXT  only the test files whose path contains TEXT; no checks, no runs of the stack
  --seed N       seed of the demo, the kill test and the property tests; otherwise a fresh one for the first two, printed
                 so that a failure can be replayed, and one made from the last commit for the properties, so that a
                 commit ends the same way twice (./dev prove-properties tries others)`;

const ROOT = join(import.meta.dirname, '..');

const { values } = readArguments(HELP, { options: { filter: { type: 'string' }, seed: { type: 'string' } } });

process.exitCode = await runSuite(values.filter, {
  stack: Number(values.seed ?? randomInt(SEED_MAX)),
  properties: Number(values.seed ?? seedOfSources(ROOT)),
});

async function runSuite(
  filter: string | undefined,
  seeds: { readonly stack: number; readonly properties: number },
): Promise<number> {
  const started = performance.now();
  const tallies: Tally[] = [];
  const emulators = await locateEmulators(sentence => console.log(`· ${sentence}`));
  if (!emulators.ok) console.error(emulators.error.detail);
  // For the tests, which look only where an SDK is.
  else if (emulators.value.firestore.startsWith(EMULATORS_DIRECTORY))
    process.env['GOOGLE_CLOUD_SDK'] = EMULATORS_DIRECTORY;
  if (filter === undefined) tallies.push(await tallyChecks());
  console.log(`· seed of the property tests: ${seeds.properties}`);
  tallies.push(await runVitest(ROOT, { files: filter === undefined ? [] : [filter], propertySeed: seeds.properties }));
  if (filter === undefined) {
    tallies.push(await runDemo(ROOT, seeds.stack));
    tallies.push(await runKillTest(ROOT, seeds.stack));
  }
  const { lines, failed } = sumUp(tallies, performance.now() - started);
  for (const line of lines) console.log(line);
  return failed === 0 ? 0 : 1;
}

async function tallyChecks(): Promise<Tally> {
  const checks = [...allChecks(ROOT), ...quickInfrastructureChecks(ROOT)];
  const outcomes = await runChecks(checks, { concurrency: 2, tell: tellOutcome });
  const passed = outcomes.filter(({ problems }) => problems.length === 0).length;
  return { name: 'checks', passed, failed: outcomes.length - passed };
}
