import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENVIRONMENTS, type EnvironmentValues } from '@innkeeper/deployment/environment/environment-values';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { monthlyCost } from '../cost/monthly-cost.ts';
import { monthlyUsage, USUAL_COMPANY } from '../cost/monthly-usage.ts';
import { readFunctions } from '../cost/read-functions.ts';
import { asExports, operatorVariables } from './operator-variables.ts';
import { type EnvironmentCost, renderCosts, renderSteps, replaceBetween } from './render-guide.ts';
import { STEPS } from './steps.ts';

/** `pnpm bring-up`: the guide for one environment, on the terminal; and the guide of the repository, kept current. */
const HELP = `Usage: ./dev bring-up --env dev|staging|prod [--exports]
       ./dev bring-up --write | --check

The way from empty accounts to the first answered question, each step with its commands, its time and how to see that it
worked. Prints; runs nothing.
  --exports  prints what the operator's commands have to know of the environment, for a shell; no secrets:
             eval "$(./dev bring-up --env prod --exports)"
  --write    writes steps and costs into packages/bring-up/GUIDE.md
  --check    changes nothing; exits 1 when the guide is out of date`;

const ROOT = join(import.meta.dirname, '../../../..');
const GUIDE = join(ROOT, 'packages/bring-up/GUIDE.md');

const { values } = readArguments(HELP, {
  options: {
    env: { type: 'string' },
    exports: { type: 'boolean' },
    write: { type: 'boolean' },
    check: { type: 'boolean' },
  },
});
process.exitCode =
  values.write === true || values.check === true ? await renewGuide(values.check === true) : await tellEnvironment();

async function tellEnvironment(): Promise<number> {
  const environment = await readEnvironment(ROOT, values.env);
  if (!environment.ok) return refuse(environment.error.sentence, 2);
  if (values.exports === true) console.log(asExports(operatorVariables(environment.value)));
  else tellSteps(environment.value);
  return 0;
}

function tellSteps({ name, terraform }: EnvironmentValues): void {
  const project = terraform.google.project_id;
  console.log(
    renderSteps(STEPS)
      .replaceAll(/\bENV\b/gu, name)
      .replaceAll(/\bPROJECT\b/gu, project),
  );
  const minutes = STEPS.reduce((sum, step) => sum + step.minutes, 0);
  console.log(
    `${STEPS.length} steps, about ${(minutes / 60).toFixed(0)} hours. What it costs: ./dev cost --env ${name}`,
  );
}

async function renewGuide(onlyCheck: boolean): Promise<number> {
  const before = await readFile(GUIDE, 'utf8');
  const withSteps = replaceBetween(before, 'steps', renderSteps(STEPS));
  const after = withSteps === undefined ? undefined : replaceBetween(withSteps, 'costs', renderCosts(await costs()));
  if (after === undefined) return refuse('packages/bring-up/GUIDE.md has lost the places of its steps or costs.', 1);
  if (after === before) return 0;
  if (onlyCheck) return refuse('packages/bring-up/GUIDE.md is out of date; ./dev bring-up --write writes it anew.', 1);
  await writeFile(GUIDE, after);
  return 0;
}

async function costs(): Promise<EnvironmentCost[]> {
  const functions = await readFunctions(ROOT);
  return await Promise.all(
    ENVIRONMENTS.map(async environment => {
      const read = await readEnvironment(ROOT, environment);
      if (!read.ok) throw new Error(read.error.sentence);
      return { environment, lines: monthlyCost(read.value.terraform, functions, monthlyUsage(USUAL_COMPANY)) };
    }),
  );
}

function refuse(sentence: string, exitCode: number): number {
  console.error(sentence);
  return exitCode;
}
