import { join } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { STEPS } from '../guide/steps.ts';
import { type House, openHouse } from './house/open-house.ts';
import { rehearse, type StepOutcome } from './rehearse.ts';
import { describeEnd, describeStep } from './report.ts';

/** `pnpm rehearse`: the bring-up guide, typed from its first to its last command. */
const HELP = `Usage: ./dev rehearse [--json]

Types every command of packages/bring-up/GUIDE.md, in its order and in one terminal, against stand-ins: real Terraform
with offline providers, the real commands of this repository, the local stack in the place of servers, functions and
Workers. A line for each step says how long it took, what ran for real, and what could not and why. Works on a copy of
the repository, reaches nothing outside this machine and leaves nothing behind. About four minutes.

  --json  one JSON object in the end, with every command

Ends with 0 when the first question was answered, 1 when a command was not well, 2 for a wrong command. Needs Terraform
1.11 and what ./dev up needs.`;

/** The one that takes nothing that is in no commit, as prod. */
const ENVIRONMENT = 'staging';
const ROOT = join(import.meta.dirname, '../../../..');

const { values } = readArguments(HELP, { options: { json: { type: 'boolean', default: false } } });
process.exitCode = await run(values.json);

async function run(isJson: boolean): Promise<0 | 1> {
  let house: House | undefined;
  let isInterrupted = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      isInterrupted = true;
      house?.interrupt();
    });
  }
  const say = (line: string): void => {
    if (!isJson) console.log(line);
  };
  say('A copy of the repository, invented accounts, one terminal.\n');
  house = await openHouse(ROOT, ENVIRONMENT);
  let outcomes: readonly StepOutcome[] = [];
  try {
    if (isInterrupted) house.interrupt();
    outcomes = await rehearse(STEPS, house, (outcome, index) => say(describeStep(outcome, index)));
  } finally {
    await house.close();
  }
  const isWell = outcomes.length === STEPS.length && outcomes.every(outcome => outcome.isWell);
  say(`\n${describeEnd(outcomes, STEPS.length)}`);
  if (isJson) console.log(JSON.stringify({ isWell, steps: outcomes }, undefined, 2));
  return isWell ? 0 : 1;
}
