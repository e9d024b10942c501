import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { createHclParser } from './hcl/parse-hcl.ts';
import { readModules } from './hcl/read-modules.ts';
import type { Found } from './outcome.ts';
import { allPolicies } from './policies/all-policies.ts';
import { tellViolation } from './policies/policy.ts';
import { readPlan } from './policies/read-plan.ts';
import { readSchemas } from './schema/read-schemas.ts';
import { folderOfEnvironment } from './terraform/make-plan.ts';

/** Judges the plan of a real environment, as `terraform show -json <plan>` prints it, before it is applied. */
export interface PlanFile {
  readonly file: string;
  readonly environment: string;
  /** The configuration it was made of. */
  readonly folder: string;
}

/** An error is a sentence about the file, or about a configuration that cannot be read. */
export async function judgePlan({ file, environment, folder }: PlanFile): Promise<Result<Found, string>> {
  const modules = readModules(folder, await createHclParser());
  if (!modules.ok) return err(modules.error.join('\n'));
  const root = modules.value.get(folderOfEnvironment(environment));
  const source = root === undefined ? undefined : { modules: modules.value, root };
  const policies = allPolicies(readSchemas());
  try {
    const plan = readPlan(JSON.parse(readFileSync(file, 'utf8')), environment, source);
    const problems = policies.flatMap(policy => policy.check(plan).map(found => tellViolation(policy, found)));
    return ok({ problems, note: `${policies.length} policies on ${plan.resources.length} resources` });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(`${file} is no plan: make it by terraform show -json <saved plan>. ${why}`);
  }
}
