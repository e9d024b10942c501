import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { configTable, readDeployableConfig, replaceTable } from './configuration/config-table.ts';

/** Writes the README's configuration table from the schemas that the deployables parse their environment with. */
const ROOT = join(import.meta.dirname, '..');
const README = join(ROOT, 'README.md');

const HELP = `Usage: ./dev config-table [--check]

Writes the configuration table of README.md from every deployable's config.ts.
  --check  change nothing; exit 1 when the table is out of date`;

const { values } = readArguments(HELP, { options: { check: { type: 'boolean' } } });
if (!existsSync(README)) refuse('README.md does not exist, and the configuration table has its place in it');
else await renewTable(values.check === true);

async function renewTable(onlyCheck: boolean): Promise<void> {
  const files = globSync('{workers,functions,services}/*/src/config.ts', { cwd: ROOT }).toSorted();
  const deployables = await Promise.all(
    files.map(async file => readDeployableConfig(dirname(dirname(file)), await import(join(ROOT, file)))),
  );
  const readme = readFileSync(README, 'utf8');
  const next = replaceTable(readme, configTable(deployables));
  if (!onlyCheck) writeFileSync(README, next);
  else if (next !== readme)
    refuse('README.md: the configuration table is out of date; ./dev config-table writes it anew');
}

function refuse(sentence: string): void {
  console.error(sentence);
  process.exitCode = 1;
}
