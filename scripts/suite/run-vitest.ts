import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';
import { runProgram } from './run-program.ts';
import type { Tally } from './tally.ts';

/** Runs both test projects once and counts from vitest's own report. */
const Report = z.object({
  numPassedTests: z.int(),
  numFailedTests: z.int(),
  numPendingTests: z.int(),
  numTodoTests: z.int(),
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({ status: z.string(), fullName: z.string(), failureMessages: z.array(z.string()).nullish() }),
      ),
    }),
  ),
});
type Report = z.infer<typeof Report>;

export async function runVitest(root: string, filter: string | undefined): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-vitest-'));
  try {
    const reportFile = join(folder, 'report.json');
    const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const exitCode = await runProgram(
      join(root, 'node_modules/.bin/vitest'),
      filter === undefined ? args : [...args, filter],
      { cwd: root },
    );
    return tallyReport(readReport(reportFile), exitCode);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * A file that could not be loaded and an error outside any test count as failures, too, and so does a skipped test:
 * what did not run has not passed. Pure.
 */
export function tallyReport(report: Report | undefined, exitCode: number): Tally {
  if (report === undefined) return { name: 'tests', passed: 0, failed: 1 };
  const unloaded = report.testResults.filter(
    file => file.status === 'failed' && !file.assertionResults.some(test => test.status === 'failed'),
  );
  const counted = report.numFailedTests + unloaded.length + report.numPendingTests + report.numTodoTests;
  const failed = exitCode === 0 ? counted : Math.max(counted, 1);
  return { name: 'tests', passed: report.numPassedTests, failed, failures: namedFailures(report) };
}

/** One line for each: file, test, and the first line of what went wrong. */
function namedFailures(report: Report): string[] {
  return report.testResults.flatMap(file => {
    const failedTests = file.assertionResults.filter(test => test.status === 'failed');
    if (failedTests.length === 0) return file.status === 'failed' ? [`${file.name}: ${firstLine(file.message)}`] : [];
    return failedTests.map(test => `${file.name} > ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
  });
}

const FAILURE_LENGTH_MAX = 400;

function firstLine(message = 'no reason given'): string {
  return stripVTControlCharacters(message).split('\n', 1).join('').slice(0, FAILURE_LENGTH_MAX);
}

function readReport(path: string): Report | undefined {
  try {
    return Report.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined; // vitest ended before it could write one: counted as a failure.
  }
}
