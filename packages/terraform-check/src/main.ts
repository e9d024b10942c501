import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { type Coverage, checkTerraform } from './check-terraform.ts';
import { judgePlan } from './judge-plan.ts';
import { measure, type Outcome } from './outcome.ts';
import { tellChanges, tellCoverage, tellOutcome, tellSeconds } from './tell.ts';
import { environmentsOf } from './terraform/copy-configuration.ts';
import { findTerraform } from './terraform/run-terraform.ts';

/** Checks `terraform/` offline. Exit code 0: nothing found; 1: something; 2: called wrongly. */
const HELP = `Usage: node packages/terraform-check/src/main.ts [--environment <name>] [--folder <path>] [--json]
       node packages/terraform-check/src/main.ts --plan <file> --environment <name> [--json]

Formats, keys, tests of modules, and for each environment validate, plan and policies: real Terraform against the
providers' real schemas, without account or network.
  --environment <name>  this one alone; may be given several times
  --folder <path>       another folder than terraform/ of this repository
  --plan <file>         policies alone, on what terraform show -json printed of a saved plan: a plan that destroys or
                        replaces what holds data is stopped here
  --json                one JSON object instead of lines for a person`;

const TERRAFORM = fileURLToPath(new URL('../../../terraform', import.meta.url));
/** Terraform and the provider server take turns; a third step at once would only wait. */
const CONCURRENCY = 2;

const { values } = readArguments(HELP, {
  options: {
    environment: { type: 'string', multiple: true },
    folder: { type: 'string', default: TERRAFORM },
    plan: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
process.exitCode = await main(resolve(values.folder), values.environment);

async function main(folder: string, wanted: readonly string[] | undefined): Promise<number> {
  const known = environmentsOf(folder);
  const unknown = wanted?.filter(name => !known.includes(name)) ?? [];
  if (known.length === 0) return refuse(`${folder} has no environments/<name> with *.tf files.`);
  if (unknown.length > 0) return refuse(`"${unknown.join('", "')}" is no environment. There are ${known.join(', ')}.`);
  return values.plan === undefined
    ? checkAll(folder, wanted ?? known)
    : judgeOne(folder, resolve(values.plan), wanted ?? []);
}

async function checkAll(folder: string, environments: readonly string[]): Promise<number> {
  const version = await findTerraform();
  if (!version.ok) return refuse(version.error);
  const started = performance.now();
  const outcomes: Outcome[] = [];
  const coverage = await checkTerraform({ folder, environments, concurrency: CONCURRENCY }, outcome => {
    outcomes.push(outcome);
    if (!values.json) tellOutcome(outcome);
  });
  return summarise(outcomes, { terraform: version.value, durationMs: performance.now() - started, coverage });
}

async function judgeOne(folder: string, file: string, environments: readonly string[]): Promise<number> {
  const [environment, more] = environments;
  if (environment === undefined || more !== undefined) return refuse('--plan needs exactly one --environment.');
  const started = performance.now();
  const judged = await judgePlan({ file, environment, folder });
  if (!judged.ok) return refuse(judged.error);
  const { judgement, found } = judged.value;
  const outcomes: Outcome[] = [];
  const passed = await measure(
    `${environment}: policies`,
    outcome => outcomes.push(outcome),
    () => found,
  );
  const durationMs = performance.now() - started;
  if (values.json) {
    console.log(JSON.stringify({ passed, durationMs, ...judgement, outcomes }, undefined, 2));
  } else {
    outcomes.forEach(tellOutcome);
    console.log(tellChanges(judgement.changes));
  }
  return passed ? 0 : 1;
}

interface Summary {
  readonly durationMs: number;
  readonly terraform: string;
  /** Absent where the configuration could not be read. */
  readonly coverage: Coverage | undefined;
}

function summarise(outcomes: readonly Outcome[], summary: Summary): number {
  const passed = outcomes.every(({ problems }) => problems.length === 0);
  if (values.json) {
    console.log(JSON.stringify({ passed, ...summary, outcomes }, undefined, 2));
  } else {
    console.log(`${passed ? '✓' : '✗'} ${tellSeconds(summary.durationMs)}`);
    if (summary.coverage !== undefined) console.log(tellCoverage(summary.coverage, outcomes));
  }
  return passed ? 0 : 1;
}

function refuse(sentence: string): number {
  console.error(sentence);
  return 2;
}
