import { expect, it } from 'vitest';
import { createInMemoryIssueStore } from '../testing/in-memory-issue-store.ts';
import { type Finding, readMark } from './finding.ts';
import { syncJobs } from './sync-jobs.ts';

const failure: Finding = { key: 'failure', title: 'Not deployed', body: 'The Workers did not answer.' };
const RUN = 'https://github.com/example/innkeeper/actions/runs/1';

async function keysAfter(...runs: { inTurn: boolean; found: Readonly<Record<string, readonly Finding[]>> }[]) {
  const store = createInMemoryIssueStore();
  for (const { inTurn, found } of runs) {
    const jobs = { scope: 'deploy', expected: ['dev', 'staging'], findings: new Map(Object.entries(found)), inTurn };
    expect(await syncJobs(store, jobs, RUN)).toMatchObject({ ok: true });
  }
  return [...store.rows.values()].filter(row => row.isOpen).map(row => readMark(row.body)?.key);
}

it('a job that left nothing behind is a finding, and what was open of it stays', async () => {
  const failed = { inTurn: false, found: { dev: [failure], staging: [] } };
  const died = { inTurn: false, found: { staging: [] } };
  expect(await keysAfter(failed, died)).toEqual(['deploy/dev/failure', 'deploy/dev/run']);
});

it('both are closed once the job says that all is well', async () => {
  const died = { inTurn: false, found: { staging: [failure] } };
  const well = { inTurn: false, found: { dev: [], staging: [] } };
  expect(await keysAfter(died, well)).toEqual([]);
});

it('of jobs that wait for one another, only the first that failed is missed', async () => {
  expect(await keysAfter({ inTurn: true, found: { dev: [failure] } })).toEqual(['deploy/dev/failure']);
  expect(await keysAfter({ inTurn: true, found: {} })).toEqual(['deploy/dev/run']);
  expect(await keysAfter({ inTurn: true, found: { dev: [] } })).toEqual(['deploy/staging/run']);
});
