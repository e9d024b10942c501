import { join } from 'node:path';
import { runProgram } from './run-program.ts';
import type { Tally } from './tally.ts';

/** The two runs of the whole stack, as a person would start them, in state folders of their own. */
export async function runDemo(root: string, seed: number): Promise<Tally> {
  console.log(`\nThe demo with seed ${seed} (again with: ./dev demo --seed ${seed})`);
  return runStack(root, 'demo', ['--seed', String(seed)]);
}

export async function runKillTest(root: string, seed: number): Promise<Tally> {
  console.log(`\nThe kill test with seed ${seed} (again with: ./dev kill-test ${ROUNDS} --seed ${seed})`);
  return runStack(root, 'kill-test', [String(ROUNDS), '--seed', String(seed)]);
}

/** What a pull request can wait for; `./dev kill-test` runs ten. */
const ROUNDS = 2;

async function runStack(root: string, command: 'demo' | 'kill-test', args: readonly string[]): Promise<Tally> {
  const exitCode = await runProgram(
    process.execPath,
    [join(root, `packages/local-stack/src/cli/${command}.ts`), ...args],
    { cwd: root, environment: { INNKEEPER_HOME: join(root, `.innkeeper-test-${command}`) } },
  );
  return { name: command, passed: exitCode === 0 ? 1 : 0, failed: exitCode === 0 ? 0 : 1 };
}
