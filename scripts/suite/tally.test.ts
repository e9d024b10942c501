import { expect, test } from 'vitest';
import { tallyReport } from './run-vitest.ts';
import { sumUp } from './tally.ts';

const report = (overrides: object) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...overrides,
});

test('the last line counts everything and says nothing else', () => {
  const { lines, failed } = sumUp(
    [
      { name: 'checks', passed: 9, failed: 0 },
      { name: 'tests', passed: 100, failed: 2 },
    ],
    61_234,
  );
  expect(lines.at(-1)).toBe('109 passed, 2 failed');
  expect(lines.at(-2)).toBe('in all 61.2 s');
  expect(failed).toBe(2);
});

test('what failed is named before the counts', () => {
  const assertionResults = [
    { status: 'passed', fullName: 'a fine one' },
    { status: 'failed', fullName: 'a wrong one', failureMessages: ['\u001b[31mexpected 1 to be 2\u001b[39m\n  at x'] },
  ];
  const tally = tallyReport(
    report({ numFailedTests: 1, testResults: [{ name: 'x.test.ts', status: 'failed', assertionResults }] }),
    1,
  );
  expect(sumUp([tally], 5).lines).toContain('  x.test.ts > a wrong one: expected 1 to be 2');
});

test('a broken property is named with its seed, its path and its example', () => {
  const message =
    'Error: Property failed after 3 tests\n{ seed: 7, path: "2" }\nCounterexample: ["x"]\nShrunk 0 time(s)\n    at y';
  const assertionResults = [{ status: 'failed', fullName: 'holds', failureMessages: [message] }];
  const tally = tallyReport(
    report({ numFailedTests: 1, testResults: [{ name: 'x.test.ts', status: 'failed', assertionResults }] }),
    1,
  );
  expect(tally.failures).toEqual([
    'x.test.ts > holds: Error: Property failed after 3 tests · { seed: 7, path: "2" } · Counterexample: ["x"]',
  ]);
});

test('a suite in which nothing ran has failed', () => {
  expect(sumUp([{ name: 'tests', passed: 0, failed: 0 }], 5).failed).toBe(1);
});

test('tests are counted from the report', () => {
  expect(tallyReport(report({}), 0)).toMatchObject({ passed: 3, failed: 0 });
});

test.each([
  ['a test file that cannot be loaded', { testResults: [{ name: 'x', status: 'failed', assertionResults: [] }] }, 1],
  ['a skipped test', { numPendingTests: 1 }, 0],
  ['an error outside any test', {}, 1],
])('%s is a failure', (_, overrides, exitCode) => {
  expect(tallyReport(report(overrides), exitCode).failed).toBe(1);
});

test('a run without a report is a failure', () => {
  expect(tallyReport(undefined, 0)).toMatchObject({ passed: 0, failed: 1 });
});
