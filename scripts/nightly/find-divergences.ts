import { readFileSync } from 'node:fs';
import { readArguments } from '@innkeeper/local-stack/cli/read-arguments';
import { ContractReport } from './contracts/contract-report.ts';
import { findDivergences } from './contracts/find-divergences.ts';
import { secretsIn } from './contracts/services.ts';
import { SUITES } from './contracts/suites.ts';

/** What a run of the contract suites has to be told to people, as findings. */
const HELP = `Usage: node scripts/nightly/find-divergences.ts REPORT

Prints what failed in the report of ./dev nightly-contracts, one finding for each test, as JSON for
packages/github-reports: [{ "key", "title", "body" }]. [] when all passed. Exits 2 when REPORT is no such report.`;

const { positionals } = readArguments(HELP, { allowPositionals: true });
const [path] = positionals;
const report = path === undefined ? undefined : readReport(path);
if (report === undefined) {
  console.error(`${path ?? 'REPORT'}: no report of ./dev nightly-contracts.`);
  process.exitCode = 2;
} else {
  console.log(
    JSON.stringify(findDivergences(report, { suites: SUITES, secrets: secretsIn(process.env) }), undefined, 2),
  );
}

function readReport(file: string): ContractReport | undefined {
  try {
    return ContractReport.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
}
