import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { EnvironmentName } from '../environment/environment-values.ts';
import type { Trouble } from '../programs/trouble.ts';
import { DEPLOY_FOLDER, type DeployedConfiguration, deployedConfiguration } from './deployed-configuration.ts';
import { readWorkerFolders } from './worker-folder.ts';
import type { Described } from './worker-variables.ts';

/** Where the configuration of a Worker stands, from the repository's root. */
export const configurationPath = (worker: string, environment: EnvironmentName): string =>
  `workers/${worker}/${DEPLOY_FOLDER}/${environment}.json`;

/** All Workers' configurations by Worker; all problems are named together. Writes nothing. */
export async function allConfigurations(
  root: string,
  described: Described,
): Promise<Result<ReadonlyMap<string, DeployedConfiguration>, Trouble>> {
  const folders = await readWorkerFolders(root);
  if (!folders.ok) return folders;
  const workers = folders.value.map(({ name }) => name);
  const configurations = new Map<string, DeployedConfiguration>();
  const troubles: Trouble[] = [];
  for (const worker of folders.value) {
    const made = deployedConfiguration({ ...described, worker, workers });
    if (made.ok) configurations.set(worker.name, made.value);
    else troubles.push(made.error);
  }
  if (troubles.length === 0) return ok(configurations);
  return err({
    sentence: troubles.map(({ sentence }) => sentence).join(' '),
    nextStep: [...new Set(troubles.map(({ nextStep }) => nextStep))].join(' '),
  });
}

/** Writes one so that wrangler never reads half of it; its path is absolute. */
export async function writeConfiguration(
  root: string,
  environment: EnvironmentName,
  worker: string,
  configuration: DeployedConfiguration,
): Promise<string> {
  const path = join(root, configurationPath(worker, environment));
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, `${JSON.stringify(configuration, undefined, 2)}\n`);
  await rename(`${path}.new`, path);
  return path;
}
