import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { createLog } from '@innkeeper/shared/log/log';
import { describeDirtySetContract } from '@innkeeper/shared/testing/dirty-set-contract';
import { describeJobStoreContract } from '@innkeeper/shared/testing/job-store-contract';
import { describeRateJournalContract } from '@innkeeper/shared/testing/rate-journal-contract';
import { afterAll, beforeAll } from 'vitest';
import { type RunningWorkers, startWorkers } from '../src/workers-host/start-workers.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const state = temporaryDirectory();
let workers: RunningWorkers;
beforeAll(async () => {
  workers = await startWorkers({
    stateDirectory: state.path,
    log: createLog('workers-host', () => undefined),
    workers: [{ directory: path.join(import.meta.dirname, 'fixtures/store-worker'), variables: {} }],
  });
});
afterAll(async () => {
  await workers.close();
  state.remove();
});

/** The stores of an object of their own, so that no test sees another's. */
async function openObject() {
  const url = `${workers.urlOf('store-worker')}/${randomUUID()}`;
  return async <T>(store: 'dirty' | 'jobs' | 'journal', method: string, call: object): Promise<T> => {
    const response = await fetch(url, { method: 'POST', body: JSON.stringify({ store, method, ...call }) });
    if (!response.ok) throw new Error(`${store}.${method}: ${await response.text()}`);
    return ((await response.json()) as { result: T }).result;
  };
}

describeDirtySetContract('the dirty set in a Durable Object', async () => {
  const run = await openObject();
  return {
    mark: (...args) => run('dirty', 'mark', { args }),
    take: (nowMs, batchMax) => run('dirty', 'take', { nowMs, batchMax }),
    settle: (...args) => run('dirty', 'settle', { args }),
    postpone: (...args) => run('dirty', 'postpone', { args }),
    defer: (...args) => run('dirty', 'defer', { args }),
    nextDueMs: () => run('dirty', 'nextDueMs', { args: [] }),
    isLiveDue: (...args) => run('dirty', 'isLiveDue', { args }),
    backlog: (...args) => run('dirty', 'backlog', { args }),
    reopen: () => run('dirty', 'reopen', {}),
  };
});

describeJobStoreContract('the job store in a Durable Object', async () => {
  const run = await openObject();
  return {
    all: () => run('jobs', 'all', { args: [] }),
    get: (...args) => run('jobs', 'get', { args }),
    put: (...args) => run('jobs', 'put', { args }),
    seen: (...args) => run('jobs', 'seen', { args }),
    forgetSeen: (...args) => run('jobs', 'forgetSeen', { args }),
    remove: (...args) => run('jobs', 'remove', { args }),
  };
});

describeRateJournalContract('the journal of calls in a Durable Object', async () => {
  const run = await openObject();
  return {
    load: (...args) => run('journal', 'load', { args }),
    count: (...args) => run('journal', 'count', { args }),
    close: (...args) => run('journal', 'close', { args }),
  };
});
