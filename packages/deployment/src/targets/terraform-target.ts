import { join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { Done, Target } from '../deploy/target.ts';
import type { EnvironmentName } from '../environment/environment-values.ts';
import { parseOutputs, type TerraformOutputs } from '../environment/terraform-outputs.ts';
import { callProgram, parseAnswer } from '../programs/call-program.ts';
import type { ProgramRunner } from '../programs/program-runner.ts';
import type { Trouble } from '../programs/trouble.ts';

export interface TerraformOptions {
  readonly environment: EnvironmentName;
  readonly root: string;
  readonly runner: ProgramRunner;
  /** A folder of this deployment alone, readable by nobody else: a plan holds what the state holds. */
  readonly folder: string;
  readonly writeText: (path: string, text: string) => Promise<void>;
}

const INIT_MS = 3 * 60_000;
const PLAN_MS = 8 * 60_000;
const JUDGE_MS = 3 * 60_000;
const APPLY_MS = 35 * 60_000;
const SHOW_MS = 60_000;
/** `-detailed-exitcode`: there is something to change. */
const CHANGES = 2;

/** An environment's infrastructure. Nothing takes it back: a person decides, by a new plan. */
export function terraformTarget(options: TerraformOptions): Target {
  return {
    name: 'terraform',
    stage: 'terraform',
    foresee: async () => {
      const plan = await makePlan(options);
      if (!plan.ok) return plan;
      return ok(plan.value.isEmpty ? [] : [`Terraform: ${tellChanges(plan.value.changes)}.`]);
    },
    steps: [{ id: 'terraform: apply', phase: 1, forward: () => apply(options) }],
  };
}

const folderOf = ({ root, environment }: TerraformOptions): string => join(root, 'terraform/environments', environment);

const terraform = (
  options: TerraformOptions,
  doing: string,
  args: readonly string[],
  timeoutMs: number,
  expectedExitCodes: readonly number[] = [],
) =>
  callProgram(options.runner, `${doing} of ${options.environment}`, {
    program: 'terraform',
    args: [`-chdir=${folderOf(options)}`, ...args],
    // Its errors stand in issues: without colours, which it writes even where there is no terminal.
    environment: { TF_IN_AUTOMATION: '1', TF_CLI_ARGS: '-no-color' },
    timeoutMs,
    expectedExitCodes,
  });

const Plan = z.object({
  resource_changes: z.array(z.object({ change: z.object({ actions: z.array(z.string()) }) })).default([]),
});

interface Changes {
  readonly created: number;
  readonly changed: number;
  readonly destroyed: number;
}

interface MadePlan {
  readonly file: string;
  readonly isEmpty: boolean;
  readonly changes: Changes;
}

/** Makes a plan that the policies have nothing against; the very file is applied afterwards. */
async function makePlan(options: TerraformOptions): Promise<Result<MadePlan, Trouble>> {
  const init = await terraform(options, 'Initialisation', ['init', '-input=false', '-lockfile=readonly'], INIT_MS);
  if (!init.ok) return init;
  const file = join(options.folder, 'saved.tfplan');
  const words = ['plan', '-input=false', '-lock-timeout=60s', '-detailed-exitcode', `-out=${file}`];
  const planned = await terraform(options, 'Plan', words, PLAN_MS, [CHANGES]);
  if (!planned.ok) return planned;
  const shown = await terraform(options, 'Plan', ['show', '-json', file], SHOW_MS);
  if (!shown.ok) return shown;
  const json = join(options.folder, 'saved-plan.json');
  await options.writeText(json, shown.value.stdout);
  const judged = await judge(options, json);
  if (!judged.ok) return judged;
  return ok({
    file,
    isEmpty: planned.value.exitCode === 0,
    changes: count(Plan.parse(JSON.parse(shown.value.stdout))),
  });
}

/** A violation as `packages/terraform-check` prints it: what is wrong with which resource, why that is, what to do. */
const Judgement = z.object({
  violations: z.array(
    z.object({ resource: z.string().optional(), what: z.string(), why: z.string(), next: z.string() }),
  ),
});
/** The check's own exit code for "something was found". */
const FOUND = 1;

async function judge({ runner, root, environment }: TerraformOptions, plan: string): Promise<Result<void, Trouble>> {
  const args = ['packages/terraform-check/src/main.ts', '--plan', plan, '--environment', environment, '--json'];
  const call = { program: 'node', args, cwd: root, timeoutMs: JUDGE_MS, expectedExitCodes: [FOUND] } as const;
  const judged = await callProgram(runner, `Policies of ${environment}`, call);
  if (!judged.ok) return judged;
  if (judged.value.exitCode === 0) return ok(undefined);
  const judgement = parseAnswer(`Policies of ${environment}`, 'node', judged.value.stdout, Judgement);
  if (!judgement.ok) return judgement;
  const { violations } = judgement.value;
  const told = violations.map(
    ({ resource, what, why }) => `${resource === undefined ? '' : `${resource}: `}${what} ${why}`,
  );
  return err({
    sentence: `The plan of ${environment} breaks the policies: ${told.join(' ')}`,
    nextStep: [...new Set(violations.map(({ next }) => next))].join(' '),
  });
}

function count(plan: z.infer<typeof Plan>): Changes {
  const having = (action: string): number =>
    plan.resource_changes.filter(({ change }) => change.actions.includes(action)).length;
  return { created: having('create'), changed: having('update'), destroyed: having('delete') };
}

const tellChanges = ({ created, changed, destroyed }: Changes): string =>
  `${created} to make, ${changed} to change, ${destroyed} to destroy`;

async function apply(options: TerraformOptions): Promise<Result<Done, Trouble>> {
  const plan = await makePlan(options);
  if (!plan.ok) return plan;
  if (plan.value.isEmpty) return ok({});
  const applied = await terraform(options, 'Apply', ['apply', '-input=false', plan.value.file], APPLY_MS);
  return applied.ok ? ok({}) : applied;
}

/** What Terraform made, asked anew each time: an apply may have changed it. */
export async function readOutputs(options: TerraformOptions): Promise<Result<TerraformOutputs, Trouble>> {
  const init = await terraform(options, 'Initialisation', ['init', '-input=false', '-lockfile=readonly'], INIT_MS);
  if (!init.ok) return init;
  const printed = await terraform(options, 'Outputs', ['output', '-json'], SHOW_MS);
  if (!printed.ok) return printed;
  const outputs = parseOutputs(printed.value.stdout);
  if (outputs.ok) return outputs;
  return err({
    sentence: outputs.error.sentence,
    nextStep: `Apply terraform/environments/${options.environment} first (./dev deploy --only terraform).`,
  });
}
