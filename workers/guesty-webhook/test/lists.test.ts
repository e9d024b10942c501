import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startGuesty } from '@innkeeper/local-stack/stand-ins/guesty/start-guesty';
import { guestyClient } from '@innkeeper/shared/adapters/guesty/guesty-client';
import { Secret } from '@innkeeper/shared/config/secret';
import type { JobPurpose } from '@innkeeper/shared/contracts/read-job';
import { createRateGate } from '@innkeeper/shared/hydration/rate-gate';
import type { VendorThing } from '@innkeeper/shared/jobs/page-reader';
import { createLog } from '@innkeeper/shared/log/log';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryRateJournal } from '@innkeeper/shared/testing/in-memory-rate-journal';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createGuestyCalls } from '../src/hydration/guesty-calls.ts';
import { createGuestyPages } from '../src/hydration/guesty-pages.ts';
import { createGuestyReads } from '../src/hydration/guesty-reads.ts';
import { createGuestyTokens } from '../src/hydration/guesty-tokens.ts';
import { inMemoryTokenStorage } from '../src/testing/in-memory-token-storage.ts';

/** The lists over HTTP, as the vendor's stand-in shows them: what changes without a webhook is seen by the next walk. */
let guesty: Awaited<ReturnType<typeof startGuesty>>;
let stateDirectory: string;
beforeAll(async () => {
  stateDirectory = mkdtempSync(path.join(tmpdir(), 'innkeeper-test-lists-'));
  guesty = await startGuesty({ port: 0, stateDirectory, clientId: 'id', clientSecret: 'key' });
  await put('limits', { rate: false }, 'POST');
});
afterAll(async () => {
  await guesty.close();
  rmSync(stateDirectory, { recursive: true });
});

async function put(where: string, body: object, method = 'PUT'): Promise<void> {
  const answer = await fetch(`${guesty.url}/_control/${where}`, { method, body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

function startReading() {
  const now = () => Date.now();
  const client = guestyClient({
    fetch,
    baseUrl: `${guesty.url}/v1`,
    tokenUrl: `${guesty.url}/oauth2/token`,
    clientId: 'id',
    clientSecret: new Secret('key'),
  });
  const tokens = createGuestyTokens({
    now,
    request: client.requestToken,
    storage: inMemoryTokenStorage(),
  });
  const gate = createRateGate({ windows: [], journal: inMemoryRateJournal(), nowMs: now() });
  const calls = createGuestyCalls({ tokens, gate, now, wait: () => Promise.resolve() });
  const reads = createGuestyReads({ client, calls, now, log: createLog('test', () => {}) });
  const pages = createGuestyPages({ client, calls, reads, store: inMemoryDocumentStore(), now });

  /** Every page of a list. */
  return async (resource: string, purpose: JobPurpose, sinceMs?: number): Promise<VendorThing[]> => {
    const plan = pages.resources.find(candidate => candidate.resource === resource);
    const window = plan?.window(purpose, now(), sinceMs) ?? {};
    const things: VendorThing[] = [];
    for (let cursor: string | undefined, isFirst = true; isFirst || cursor !== undefined; isFirst = false) {
      const page = await pages.readPage({ resource, purpose, window, ...(cursor === undefined ? {} : { cursor }) });
      if (!page.ok) throw new Error(`${resource}: ${page.error.kind}`);
      things.push(...page.value.things);
      cursor = page.value.next;
    }
    return things;
  };
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const idsOf = (things: readonly VendorThing[]) => things.map(({ id }) => id).toSorted();

test('every list is walked to its end, and a gap check sees what changed since', async () => {
  const home = { timezone: 'Europe/London', defaultCheckInTime: '15:00', defaultCheckOutTime: '10:00' };
  const nights = { checkInDateLocalized: inDays(3), checkOutDateLocalized: inDays(5) };
  const stay = [{ unitId: 'l0', ...nights, plannedArrivalTime: '21:30' }];
  const message = { body: 'hello', createdAt: '2026-01-01T00:00:00.000Z', sentBy: 'guest', module: { type: 'email' } };
  const old = { lastUpdatedAt: '2026-01-01T00:00:00.000Z' };
  for (let index = 0; index < 105; index += 1) await put(`listings/l${index}`, { _id: 'x', ...home, ...old });
  await put('guests/g0', { _id: 'g0', firstName: 'Mia', phone: '+44 1', ...old });
  await put('tasks/t0', { _id: 't0', title: 'Clean', status: 'pending', listingId: 'l0', ...old });
  await put('reservations/r0', { reservationId: 'r0', status: 'confirmed', stay, ...old });
  for (let index = 0; index < 10; index += 1) {
    await put(`posts/p${index}`, { _id: 'x', conversationId: `c${index}`, ...message });
  }

  const read = startReading();
  expect(await read('listings', 'backfill')).toHaveLength(105);
  expect((await read('guests', 'backfill'))[0]).toMatchObject({ id: 'g0', value: { _id: 'g0', guestPhone: '+44 1' } });
  expect((await read('tasks', 'backfill'))[0]).toMatchObject({ id: 't0', value: { taskTitle: 'Clean' } });
  expect((await read('reservations', 'backfill'))[0]).toMatchObject({
    id: 'r0',
    value: { stay: [{ listingId: 'l0', ...nights, plannedArrival: '21:30' }] },
  });
  expect(await read('conversations', 'backfill')).toHaveLength(10);

  const sinceMs = Date.parse('2026-02-01T00:00:00.000Z');
  for (const resource of ['listings', 'guests', 'tasks', 'reservations', 'conversations']) {
    expect([resource, await read(resource, 'gap-check', sinceMs)]).toEqual([resource, []]);
  }
  await put('listings/l7', { _id: 'l7', ...home });
  await put('guests/g1', { _id: 'g1' });
  await put('tasks/t0', { _id: 't0', title: 'Clean', status: 'completed' });
  await put('reservations/r1', { reservationId: 'r1', status: 'inquiry', stay });
  await put('posts/p99', { _id: 'x', conversationId: 'c3', ...message, createdAt: new Date().toISOString() });
  const seen = await Promise.all(
    ['listings', 'guests', 'tasks', 'reservations'].map(async resource =>
      idsOf(await read(resource, 'gap-check', sinceMs)),
    ),
  );
  expect(seen).toEqual([['l7'], ['g1'], ['t0'], ['r1']]);
  expect(idsOf(await read('conversations', 'gap-check', sinceMs))).toEqual(['p3', 'p99']);
});
