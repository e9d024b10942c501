import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../../suite/run-program.ts';
import { ContractReport, type FileReport } from './contract-report.ts';
import type { Suite } from './suites.ts';

const REPORTER = join(import.meta.dirname, 'contract-reporter.ts');
/** Real servers take longer than those in the same process; what hangs is still found. */
const TIMEOUTS = ['--testTimeout=120000', '--hookTimeout=120000'];

/** Runs the files of the suites with vitest, those that want to be alone first. Reports every one of them. I/O. */
export async function runSuites(
  root: string,
  suites: readonly Suite[],
  environment: Readonly<Record<string, string>>,
): Promise<ContractReport> {
  const stages = [
    ...suites.filter(({ alone }) => alone).map(({ file }) => [file]),
    suites.filter(({ alone }) => !alone).map(({ file }) => file),
  ].filter(files => files.length > 0);
  const reported: FileReport[] = [];
  for (const files of stages) reported.push(...(await runFiles(root, files, environment)));
  return { files: suites.map(({ file }) => reported.find(one => one.file === file) ?? notRun(file)) };
}

async function runFiles(
  root: string,
  files: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<FileReport[]> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-contracts-'));
  try {
    const path = join(folder, 'report.json');
    await runProgram(
      join(root, 'node_modules/.bin/vitest'),
      ['run', '--reporter=default', `--reporter=${REPORTER}`, ...TIMEOUTS, ...files],
      { cwd: root, environment: { ...environment, CONTRACT_REPORT: path } },
    );
    return readReport(path);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function readReport(path: string): FileReport[] {
  try {
    return ContractReport.parse(JSON.parse(readFileSync(path, 'utf8'))).files;
  } catch {
    return []; // vitest ended before it could write one: then none of its files has run.
  }
}

const notRun = (file: string): FileReport => ({ file, problems: [{ message: 'vitest did not run it.' }], tests: [] });
