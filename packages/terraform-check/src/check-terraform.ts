import { checkEnvironment } from './check-environment.ts';
import { createHclParser } from './hcl/parse-hcl.ts';
import { type Modules, readModules } from './hcl/read-modules.ts';
import { findUnknownKeys } from './keys/find-unknown-keys.ts';
import { type Found, measure, type Tell } from './outcome.ts';
import { allPolicies } from './policies/all-policies.ts';
import { serveProviders } from './provider/serve-providers.ts';
import { ALL_RULES } from './rules/all-rules.ts';
import { type ArgumentCoverage, countArguments } from './schema/count-arguments.ts';
import { readSchemas } from './schema/read-schemas.ts';
import { copyConfiguration, foldersWithTests, stagesOf } from './terraform/copy-configuration.ts';
import { createRunTerraform, type RunTerraform } from './terraform/run-terraform.ts';
import { runTests } from './terraform/run-tests.ts';

/** Everything that can be said of a configuration without an account or network; each step is told as it ends. */
export interface TerraformCheck {
  /** Has `environments/<name>`, and modules where they are called from. */
  readonly folder: string;
  readonly environments: readonly string[];
  /** Steps at once; Terraform itself keeps one processor busy. */
  readonly concurrency: number;
}

export interface Coverage extends ArgumentCoverage {
  /** Of both, each has an example that breaks it. */
  readonly rules: number;
  readonly policies: number;
}

export async function checkTerraform(check: TerraformCheck, tell: Tell): Promise<Coverage | undefined> {
  const { folder, environments, concurrency } = check;
  const schemas = readSchemas();
  const read: { modules?: Modules } = {};
  await measure('syntax', tell, async () => {
    const modules = readModules(folder, await createHclParser());
    if (!modules.ok) return { problems: modules.error };
    read.modules = modules.value;
    return { problems: [], note: `${modules.value.size} modules` };
  });
  const { modules } = read;
  if (modules === undefined) return undefined;
  const { reattach, stop } = await serveProviders();
  const copy = copyConfiguration(folder);
  try {
    const terraform = createRunTerraform(reattach);
    const policies = allPolicies(schemas);
    const stages = stagesOf(folder);
    const tested = foldersWithTests(folder);
    await runAll(concurrency, [
      () => measure('format', tell, () => checkFormat(terraform, folder)),
      () => measure('keys', tell, () => checkKeys(modules, schemas)),
      ...environments.map(
        name => () => checkEnvironment({ name, root: copy.root, stages, tested, modules, policies, terraform }, tell),
      ),
      ...tested
        .filter(path => !path.startsWith('environments/'))
        .map(path => () => measure(`tests of ${path}`, tell, () => runTests(terraform, copy.root, path))),
    ]);
    return { ...countArguments(modules, schemas), rules: ALL_RULES.length, policies: policies.length };
  } finally {
    stop();
    copy.remove();
  }
}

async function checkFormat(terraform: RunTerraform, folder: string): Promise<Found> {
  const { exitCode, stdout, stderr } = await terraform(folder, ['fmt', '-check', '-recursive']);
  const files = stdout.split('\n').filter(line => line !== '');
  if (exitCode === 0) return { problems: [] };
  return {
    problems: files.length === 0 ? [stderr.trim()] : files.map(file => `${file} is not formatted. Run terraform fmt.`),
  };
}

function checkKeys(modules: Modules, schemas: Parameters<typeof findUnknownKeys>[1]): Found {
  const problems = findUnknownKeys(modules, schemas);
  return { problems: problems.map(({ file, line, message }) => `${file}:${line}: ${message}`) };
}

async function runAll(concurrency: number, tasks: readonly (() => Promise<unknown>)[]): Promise<void> {
  const waiting = [...tasks];
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) await next();
  };
  await Promise.all(Array.from({ length: concurrency }, work));
}
