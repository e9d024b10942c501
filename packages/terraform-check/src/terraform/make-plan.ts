import { join, relative } from 'node:path';
import { attributeOf, blocksOf, type Module } from '../hcl/module.ts';
import type { Modules } from '../hcl/read-modules.ts';
import type { Plan } from '../policies/plan.ts';
import { PrintedPlan } from '../policies/printed-plan.ts';
import { readPlan } from '../policies/read-plan.ts';
import { readDiagnostics, type Told } from './read-diagnostics.ts';
import type { RunTerraform } from './run-terraform.ts';

/** An environment in a copied configuration. */
export interface Environment {
  readonly name: string;
  /** Folder of the copied configuration. */
  readonly root: string;
  readonly modules: Modules;
  readonly terraform: RunTerraform;
}

const PLAN_FILE = 'check.tfplan';
/** An ephemeral value is handed through and reaches no plan, so any will do. */
const EPHEMERAL_VALUE = 'any-value-of-the-offline-check';

export const folderOfEnvironment = (name: string): string => `environments/${name}`;

/** Plans an environment from nothing; it has to be initialised. `stage`: a file with values of later on. */
export async function makePlan(
  { name, root, modules, terraform }: Environment,
  stage: string | undefined,
): Promise<Told & { readonly plan?: Plan }> {
  const folder = folderOfEnvironment(name);
  const module = modules.get(folder);
  const values = stage === undefined ? [] : [`-var-file=${relative(folder, stage)}`];
  const args = ['plan', '-json', '-input=false', `-out=${PLAN_FILE}`, ...values];
  const told = readDiagnostics(await terraform(join(root, folder), args, ephemeralValues(module)), folder);
  if (told.problems.length > 0) return told;
  const shown = await terraform(join(root, folder), ['show', '-json', PLAN_FILE]);
  const source = module === undefined ? undefined : { modules, root: module };
  return { ...told, plan: readPlan(PrintedPlan.parse(JSON.parse(shown.stdout)), name, source) };
}

function ephemeralValues(module: Module | undefined): Readonly<Record<string, string>> {
  const variables = module === undefined ? [] : blocksOf(module, 'variable').map(({ found }) => found);
  const open = variables.filter(variable => {
    const ephemeral = attributeOf(variable, 'ephemeral');
    return ephemeral?.kind === 'literal' && ephemeral.value === true && attributeOf(variable, 'default') === undefined;
  });
  return Object.fromEntries(open.map(({ labels }) => [labels[0] ?? '', EPHEMERAL_VALUE]));
}
