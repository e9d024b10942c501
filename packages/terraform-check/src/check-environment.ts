import { basename, join } from 'node:path';
import { measure, type Tell } from './outcome.ts';
import type { Plan } from './policies/plan.ts';
import { type Policy, tellViolation } from './policies/policy.ts';
import { type Environment, folderOfEnvironment, makePlan } from './terraform/make-plan.ts';
import { readDiagnostics } from './terraform/read-diagnostics.ts';
import { runTests } from './terraform/run-tests.ts';

/** One environment from its modules to the policies on its plans; what follows a failed step is not tried. */
export interface EnvironmentCheck extends Environment {
  /** Files with values of later on, relative to `root`. */
  readonly stages: readonly string[];
  /** Folders with tests, relative to `root`. */
  readonly tested: readonly string[];
  readonly policies: readonly Policy[];
}

export async function checkEnvironment(check: EnvironmentCheck, tell: Tell): Promise<void> {
  const { name, root, terraform } = check;
  const folder = folderOfEnvironment(name);
  const valid = await measure(`${name}: validate`, tell, async () => {
    const init = await terraform(join(root, folder), ['init', '-input=false', '-no-color']);
    return readDiagnostics(
      init.exitCode === 0 ? await terraform(join(root, folder), ['validate', '-json']) : init,
      folder,
    );
  });
  if (!valid) return;
  for (const stage of [undefined, ...check.stages]) await planStage(check, stage, tell);
  if (check.tested.includes(folder)) await measure(`${name}: tests`, tell, () => runTests(terraform, root, folder));
}

async function planStage(check: EnvironmentCheck, stage: string | undefined, tell: Tell): Promise<void> {
  const title = stage === undefined ? check.name : `${check.name}, ${basename(stage).replace(/\.tfvars.*$/u, '')}`;
  const made: Plan[] = [];
  await measure(`${title}: plan`, tell, async () => {
    const { plan, ...told } = await makePlan(check, stage);
    if (plan === undefined) return told;
    made.push(plan);
    const resources = plan.resources.length;
    return { ...told, note: `${resources} resources`, counted: { resources } };
  });
  for (const plan of made) {
    await measure(`${title}: policies`, tell, () => ({
      problems: check.policies.flatMap(policy => policy.check(plan).map(found => tellViolation(policy, found))),
      note: `${check.policies.length} policies`,
    }));
  }
}
