import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { METRICS } from '@innkeeper/backup/alerts/metrics';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import type { HclBody } from '@innkeeper/terraform-check/hcl/hcl';
import { createHclParser } from '@innkeeper/terraform-check/hcl/parse-hcl';
import { interfaceTables, replaceTables } from './terraform/interface-table.ts';

/** Writes what is in `terraform/` a second time: the modules' interfaces into their READMEs, the metrics as data. */
const ROOT = join(import.meta.dirname, '..');
const METRICS_FILE = 'terraform/modules/gcp/monitoring/tables/backup-metrics.json';

/** As the formatter leaves them: lists of words on one line. */
const SHORT_LISTS = /\[\n\s+("[^[\]]*")\n\s+\]/gu;

const HELP = `Usage: ./dev terraform-tables [--check]

Writes the tables of inputs and outputs into the READMEs of terraform/modules, and the metrics of functions/backup as
JSON beside the module that makes them.
  --check  change nothing; exit 1 when something is out of date`;

const { values } = readArguments(HELP, { options: { check: { type: 'boolean' } } });
const parse = await createHclParser();
const renewed = [METRICS_FILE, ...readmes()].filter(file => renew(file, values.check === true));
if (values.check === true && renewed.length > 0) {
  console.error(renewed.map(file => `${file} is out of date; ./dev terraform-tables writes it anew`).join('\n'));
  process.exitCode = 1;
}

/** One in each folder with an interface. */
function readmes(): readonly string[] {
  return globSync('terraform/modules/**/variables.tf', { cwd: ROOT })
    .toSorted()
    .map(file => join(dirname(file), 'README.md'));
}

/** Whether the file was not as it should be. */
function renew(file: string, onlyCheck: boolean): boolean {
  const path = join(ROOT, file);
  const before = readFileSync(path, 'utf8');
  const after = file === METRICS_FILE ? metricsText() : readmeText(file, before);
  if (!onlyCheck && after !== before) writeFileSync(path, after);
  return after !== before;
}

function metricsText(): string {
  return `${JSON.stringify(METRICS, undefined, 2).replaceAll(SHORT_LISTS, joinList)}\n`;
}

function joinList(_all: string, words: string): string {
  return `[${words.replaceAll(/,\n\s+/gu, ', ')}]`;
}

function readmeText(file: string, before: string): string {
  const folder = dirname(file);
  const files = globSync('*.tf', { cwd: join(ROOT, folder) }).toSorted();
  const bodies = files.map(name => bodyOf(join(folder, name)));
  const text = replaceTables(before, interfaceTables(bodies));
  if (text === undefined) throw new Error(`${file} has no place for the tables: see another module's README`);
  return text;
}

function bodyOf(file: string): HclBody {
  const parsed = parse(readFileSync(join(ROOT, file), 'utf8'), file);
  if (!parsed.ok) throw new Error(parsed.error);
  return parsed.value;
}
