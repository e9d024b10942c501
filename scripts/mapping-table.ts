import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { mappingTable, readEventTable, replaceMapping } from './mapping/mapping-table.ts';

/** Writes the table of events into the README of every Worker that has one, from the table that drives its mapping. */
const ROOT = join(import.meta.dirname, '..');

const HELP = `Usage: ./dev mapping-table [--check]

Writes the tables of events into the READMEs of the webhook Workers from their events/event-table.ts.
  --check  change nothing; exit 1 when a table is out of date`;

const { values } = readArguments(HELP, { options: { check: { type: 'boolean' } } });
for (const file of globSync('workers/*/src/events/event-table.ts', { cwd: ROOT }).toSorted()) {
  await renewTable(file, values.check === true);
}

async function renewTable(file: string, onlyCheck: boolean): Promise<void> {
  const readme = join(file, '../../../README.md');
  const module: unknown = await import(join(ROOT, file));
  const before = readFileSync(join(ROOT, readme), 'utf8');
  const after = replaceMapping(readme, before, mappingTable(readEventTable(file, module)));
  if (after === before) return;
  if (!onlyCheck) return writeFileSync(join(ROOT, readme), after);
  console.error(`${readme}: the table of events is out of date; ./dev mapping-table writes it anew`);
  process.exitCode = 1;
}
