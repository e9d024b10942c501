import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ENVIRONMENTS } from '@innkeeper/deployment/environment/environment-values';
import { readEnvironment } from '@innkeeper/deployment/environment/read-environment';
import { readManifest } from '@innkeeper/deployment/functions/manifest';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { dryRunFunctions } from './workflows/dry-run/dry-run-functions.ts';
import { dryRunWorkers } from './workflows/dry-run/dry-run-workers.ts';
import { describeTried, type Tried } from './workflows/dry-run/tried.ts';

/** `./dev dry-run-deploy`: could every Worker and function be deployed to every environment? Offline. */
const HELP = `Usage: ./dev dry-run-deploy [--report <file>]

Makes what would be uploaded, of each Worker under each environment's configuration and of each function, and uploads
nothing. The report is Markdown. Exits 1 when something cannot be deployed.`;

const ROOT = join(import.meta.dirname, '..');

const { values } = readArguments(HELP, { options: { report: { type: 'string' } } });
const tried = await tryAll();
const report = describeTried(tried);
if (values.report === undefined) console.log(report);
else await writeFile(values.report, `${report}\n`);
const failed = tried.filter(({ problem }) => problem !== undefined);
for (const { environment, what, problem } of failed) console.error(`${environment}, ${what}: ${problem}`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function tryAll(): Promise<Tried[]> {
  const manifest = await readManifest(ROOT);
  if (!manifest.ok) return [{ environment: 'all', what: 'functions', problem: manifest.error.sentence }];
  const workers = ENVIRONMENTS.map(async (name): Promise<Tried[]> => {
    const environment = await readEnvironment(ROOT, name);
    return environment.ok
      ? dryRunWorkers(ROOT, environment.value, manifest.value)
      : [{ environment: name, what: 'its values', problem: environment.error.sentence }];
  });
  return (await Promise.all([dryRunFunctions(ROOT, manifest.value), ...workers])).flat();
}
