import { readFileSync } from 'node:fs';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { createHclParser } from './hcl/parse-hcl.ts';
import { readModules } from './hcl/read-modules.ts';
import type { Found } from './outcome.ts';
import { allPolicies } from './policies/all-policies.ts';
import type { Declaration } from './policies/plan.ts';
import { tellViolation } from './policies/policy.ts';
import { type ChangeCounts, countChanges, PrintedPlan } from './policies/printed-plan.ts';
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

/** What `--plan --json` prints beside its one outcome. */
export interface Judgement {
  readonly environment: string;
  /** When the plan was made, UTC in ISO 8601. */
  readonly madeAt: string;
  readonly changes: ChangeCounts;
  /** Empty: it may be applied. */
  readonly violations: readonly JudgedViolation[];
}

/** A violation in its parts, for programs; the outcome's problems have it in one line. */
interface JudgedViolation {
  readonly policy: string;
  /** Address as in `module.swarm.hcloud_server.nodes["a"]`; absent where something is missing altogether. */
  readonly resource?: string;
  readonly declared?: Pick<Declaration, 'file' | 'line'>;
  readonly what: string;
  readonly why: string;
  /** The next step. */
  readonly next: string;
}

export interface JudgedPlan {
  readonly judgement: Judgement;
  readonly found: Found;
}

/** An error is a sentence about the file, or about a configuration that cannot be read. */
export async function judgePlan({ file, environment, folder }: PlanFile): Promise<Result<JudgedPlan, string>> {
  const modules = readModules(folder, await createHclParser());
  if (!modules.ok) return err(modules.error.join('\n'));
  const printed = readPrinted(file, environment);
  if (!printed.ok) return printed;
  const root = modules.value.get(folderOfEnvironment(environment));
  const plan = readPlan(printed.value, environment, root === undefined ? undefined : { modules: modules.value, root });
  const policies = allPolicies(readSchemas());
  const broken = policies.flatMap(policy => policy.check(plan).map(violation => ({ policy, violation })));
  const resources = plan.resources.length;
  return ok({
    judgement: {
      environment,
      madeAt: plan.madeAt,
      changes: countChanges(printed.value),
      violations: broken.map(({ policy, violation: { resource, what, next } }) => ({
        policy: policy.name,
        ...(resource === undefined ? {} : whereIs(resource)),
        what,
        why: policy.why,
        next,
      })),
    },
    found: {
      problems: broken.map(({ policy, violation }) => tellViolation(policy, violation)),
      note: `${policies.length} policies on ${resources} resources`,
      counted: { resources },
    },
  });
}

function whereIs({ address, declared }: { readonly address: string; readonly declared?: Declaration }) {
  return {
    resource: address,
    ...(declared === undefined ? {} : { declared: { file: declared.file, line: declared.line } }),
  };
}

function readPrinted(file: string, environment: string): Result<PrintedPlan, string> {
  try {
    const printed = PrintedPlan.parse(JSON.parse(readFileSync(file, 'utf8')));
    const planned = printed.variables['environment']?.value;
    if (printed.errored) return err(`${file} is a plan that ended with errors: mend them and plan again.`);
    if (planned !== undefined && planned !== environment) {
      return err(
        `${file} is a plan of ${JSON.stringify(planned)}, not of ${environment}: plan that one, or name this.`,
      );
    }
    return ok(printed);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(`${file} is no plan: make it by terraform show -json <saved plan>. ${why}`);
  }
}
