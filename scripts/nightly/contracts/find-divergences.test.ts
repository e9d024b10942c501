import { Findings } from '@innkeeper/github-reports/issues/finding';
import { describe, expect, test } from 'vitest';
import type { ContractReport, FileReport } from './contract-report.ts';
import { findDivergences } from './find-divergences.ts';
import type { Suite } from './suites.ts';

const FILE = 'packages/a/src/store.test.ts';
const SUITES: readonly Suite[] = [
  { port: 'VectorStore', on: 'Qdrant', file: FILE },
  { port: 'DocumentStore', on: 'Firestore emulator', file: 'packages/a/test/documents.test.ts' },
];
const report = (changed: Partial<FileReport>): ContractReport => ({
  files: [{ file: FILE, problems: [], tests: [passed], ...changed }],
});
const passed: FileReport['tests'][number] = { names: ['on Qdrant', 'counts'], state: 'passed', problems: [] };
const failed = (message = 'AssertionError: expected 1 to be 2', difference?: string) => ({
  names: ['on Qdrant', 'deletes what a filter finds'],
  state: 'failed' as const,
  problems: [{ message, ...(difference === undefined ? {} : { difference }) }],
});
const find = (of: ContractReport, secrets: readonly string[] = []) =>
  Findings.parse(findDivergences(of, { suites: SUITES, secrets }));

describe('divergences', () => {
  test('are none where all passed', () => {
    expect(find(report({}))).toEqual([]);
  });

  test('say for each test that failed what was expected, and how to see it again', () => {
    const [found, ...others] = find(report({ tests: [passed, failed(undefined, '- Expected\n+ Received\n- 2\n+ 1')] }));
    expect(others).toEqual([]);
    expect(found?.title).toBe('VectorStore on Qdrant: deletes what a filter finds');
    expect(found?.key).toMatch(/^vectorstore\/deletes-what-a-filter-finds-[0-9a-f]{8}$/u);
    expect(found?.body).toContain('- 2\n+ 1');
    expect(found?.body).toContain(`./dev nightly-contracts --only ${FILE} `);
    expect(found?.body).toContain('prepare-services.sh');
  });

  test('keep key and text when only ports and names made at random are others', () => {
    const night = (port: number, run: string) =>
      find(report({ tests: [failed(`connect 127.0.0.1:${port} innkeeper_test_${run} test-${run}-once`)] }));
    expect(night(40_001, '0123456789ab')).toEqual(night(50_002, 'ba9876543210'));
  });

  test('have different keys for tests of one name in different groups and files', () => {
    const tests = [failed(), { ...failed(), names: ['without the client', 'deletes what a filter finds'] }];
    const files = [FILE, 'packages/a/test/documents.test.ts'].map(file => ({ file, problems: [], tests }));
    expect(new Set(find({ files }).map(({ key }) => key)).size).toBe(4);
  });

  test('hold no secret of the environment and no credentials of an address', () => {
    const [found] = find(report({ tests: [failed('GET mongodb://bot:hunter22@db/ with key k1-0123456789')] }), [
      'k1-0123456789',
    ]);
    expect(found?.body).not.toMatch(/hunter22|k1-0123456789/u);
  });

  test('do not end their block of code early, and fit into an issue', () => {
    const [found] = find(report({ tests: [failed(`\`\`\`\n# ${'x'.repeat(100_000)}`)] }));
    expect(found?.body).toContain('````diff');
    expect(found?.body.length).toBeLessThan(10_000);
  });

  test('are one for a file whose tests did not run, or that has none', () => {
    const notRun = { ...passed, state: 'not_run' as const };
    const [found, ...others] = find(report({ problems: [{ message: 'no replica set' }], tests: [notRun, notRun] }));
    expect(others).toEqual([]);
    expect(found?.title).toBe('VectorStore on Qdrant: store.test.ts did not run as a whole');
    expect(found?.body).toContain('no replica set');
    expect(found?.body).toContain('2 of 2 tests did not run.');
    expect(find(report({ tests: [] }))).toHaveLength(1);
  });

  test('of what needs no server are seen again without one', () => {
    const file = 'packages/a/test/documents.test.ts';
    const [found] = find(report({ file, tests: [failed()] }));
    expect(found?.body).toContain(`./dev nightly-contracts --stand-ins --only ${file} `);
    expect(found?.body).not.toContain('Docker');
  });
});
