import { expect, test } from 'vitest';
import { DELIVERY_QUEUES } from '../expected/expected.ts';
import type { Verdict } from '../report/finding.ts';
import { absent, there } from '../run/availability.ts';
import { type CloudflareState, inMemoryCloudflareAccount } from '../testing/in-memory-cloudflare-account.ts';
import { openInMemoryDocuments } from '../testing/open-in-memory-documents.ts';
import type { DocumentReader } from '../world.ts';
import { queueChecks } from './queues.ts';

const NOW = new Date('2026-11-22T06:00:00Z');
const ONE = { id: 'q1', name: 'guesty-deliveries', consumers: 1, isPaused: false, backlog: { messages: 3 } };

/** What is said by each check of an environment with these queues and documents. */
async function ask(state: CloudflareState, business: DocumentReader): Promise<ReadonlyMap<string, Verdict>> {
  const cloudflare = inMemoryCloudflareAccount(state);
  const lists: string[] = [];
  const counted = { ...cloudflare, queues: () => cloudflare.queues().finally(() => lists.push('queues')) };
  const elsewhere = absent('not of interest here');
  const checks = queueChecks(
    { cloudflare: there(counted), business: there(business), workers: elsewhere, subscriptions: elsewhere },
    {
      queues: DELIVERY_QUEUES.map(({ queue, worker }) => ({ name: queue, worker, holdsDeadLetters: false })),
      deployed: { functions: true, swarm: true, workers: true },
    },
    NOW,
  );
  const said = new Map(await Promise.all(checks.map(async each => [each.id, await each.ask()] as const)));
  expect(lists).toEqual(['queues']);
  return said;
}

test('each queue is judged by its own backlog, out of one list', async () => {
  const oldestAt = new Date(NOW.getTime() - 3_600_000);
  const other = { ...ONE, id: 'q2', name: 'aircall-deliveries', backlog: { messages: 1, oldestAt } };
  const said = await ask({ queues: [ONE, other] }, await openInMemoryDocuments({}));
  expect(said.get('queues/cloudflare/guesty-deliveries')).toEqual({ kind: 'well', figure: '3 messages' });
  expect(said.get('queues/cloudflare/aircall-deliveries')).toMatchObject({ kind: 'unwell', urgency: 'now' });
});

test('a queue that is not there is told as such', async () => {
  const said = await ask({ queues: [ONE] }, await openInMemoryDocuments({}));
  expect(said.get('queues/cloudflare/aircall-deliveries')).toMatchObject({ figure: 'does not exist' });
});

test('what is parked is counted by who parked it, whatever another release wrote there', async () => {
  const documents = await openInMemoryDocuments({ 'parked/a': { by: 'vectorize' }, 'parked/b': { by: 7 } });
  const said = await ask({ queues: [] }, documents);
  expect(said.get('queues/parked')?.figure).toContain('vectorize: 1, unknown: 1');
});
