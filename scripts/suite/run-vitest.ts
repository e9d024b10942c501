import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import * as z from 'zod';
import { PROPERTY_SEED } from './property-seed.ts';
import { runProgram } from './run-program.ts';
import type { Tally } from './tally.ts';

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

/** Which tests to run once; what they did is counted from vitest's own report. */
interface Run {
  /** Of `vitest.config.ts`; both without it. */
  readonly project?: 'unit' | 'edge';
  /** Whole paths, or parts of them; all without it. */
  readonly files?: readonly string[];
  readonly propertySeed: number;
}

export async function runVitest(root: string, { project, files = [], propertySeed }: Run): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'innkeeper-vitest-'));
  try {
    const reportFile = join(folder, 'report.json');
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`];
    const exitCode = await runProgram(
      join(root, 'node_modules/.bin/vitest'),
      ['run', ...reporters, ...(project === undefined ? [] : ['--project', project]), ...files],
      { cwd: root, environment: { [PROPERTY_SEED]: String(propertySeed) } },
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

/** One line for each: file, test, and how what went wrong begins; for a property that is its seed and its example. */
function namedFailures(report: Report): string[] {
  return report.testResults.flatMap(file => {
    const failedTests = file.assertionResults.filter(test => test.status === 'failed');
    if (failedTests.length === 0) return file.status === 'failed' ? [`${file.name}: ${beginning(file.message)}`] : [];
    return failedTests.map(test => `${file.name} > ${test.fullName}: ${beginning(test.failureMessages?.[0])}`);
  });
}

const FAILURE_LINES = 3;
const FAILURE_LENGTH_MAX = 400;

function beginning(message = 'no reason given'): string {
  const lines = stripVTControlCharacters(message).split('\n', FAILURE_LINES);
  return lines
    .map(line => line.trim())
    .filter(line => line !== '' && !line.startsWith('at '))
    .join(' · ')
    .slice(0, FAILURE_LENGTH_MAX);
}

function readReport(path: string): Report | undefined {
  try {
    return Report.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined; // vitest ended before it could write one: counted as a failure.
  }
}
