import { readFileSync, writeFileSync } from 'node:fs';
import { SUITES } from './contracts/suites.ts';
import { replaceSuitesTable, suitesTable } from './contracts/suites-table.ts';

/** `node scripts/nightly/suites-table.ts`: writes the table of suites in services/README.md anew. */
const README = new URL('../../services/README.md', import.meta.url);

const written = replaceSuitesTable(readFileSync(README, 'utf8'), suitesTable(SUITES));
if (written === undefined) {
  console.error('services/README.md has no place for the table of suites.');
  process.exitCode = 1;
} else writeFileSync(README, written);
