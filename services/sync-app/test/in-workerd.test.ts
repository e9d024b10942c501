import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startAircall } from '@innkeeper/local-stack/stand-ins/aircall/start-aircall';
import { OPERATOR_TOKEN, startTestWorker, type TestWorker } from '@innkeeper/local-stack/testing/start-test-worker';
import type { DocumentFields, DocumentPath } from '@innkeeper/shared/ports/document-store';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type CommandEnd, startCommand } from './support/run-command.ts';

/** The commands before a Worker as deployed: its edge, its consumer and its Durable Objects in workerd. */
const AIRCALL_WORKER = path.resolve(import.meta.dirname, '../../../workers/aircall-webhook');
const fixture = path.join(AIRCALL_WORKER, 'src/__fixtures__/contact.created.json');
const contactCreated = JSON.parse(readFileSync(fixture, 'utf8')) as { token: string; data: Record<string, unknown> };
const credentials = { apiId: 'tests', apiToken: 'a token of the tests' };

let folder: string;
let vendor: Awaited<ReturnType<typeof startAircall>>;
let worker: TestWorker;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'innkeeper-test-sync-app-'));
  vendor = await startAircall({ port: 0, stateDirectory: folder, ...credentials });
  worker = await startTestWorker({
    name: 'aircall-webhook',
    directory: AIRCALL_WORKER,
    firestoreHost: firestoreEmulatorHost(),
    variables: {
      AIRCALL_WEBHOOK_TOKENS: contactCreated.token,
      AIRCALL_BASE_URL: `${vendor.url}/v1`,
      AIRCALL_API_ID: credentials.apiId,
      AIRCALL_API_TOKEN: credentials.apiToken,
    },
  });
});
afterAll(async () => {
  await worker.close();
  await vendor.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = (command: 'backfill' | 'replay', words: string): Promise<CommandEnd> =>
  startCommand(command, words.split(' '), {
    GUESTY_WEBHOOK_ORIGIN: worker.url,
    AIRCALL_WEBHOOK_ORIGIN: worker.url,
    OPERATOR_TOKEN,
    GOOGLE_CLOUD_PROJECT: worker.projectId,
    FIRESTORE_EMULATOR_HOST: firestoreEmulatorHost(),
    METADATA_SERVER_DETECTION: 'none',
  }).ended;

async function fields(document: DocumentPath): Promise<DocumentFields | undefined> {
  const read = await worker.store.getAll([document]);
  if (!read.ok) throw new Error(read.error.detail);
  return read.value[0]?.fields;
}

async function onlyEvent(): Promise<{ readonly path: DocumentPath; readonly fields: DocumentFields }> {
  const read = await worker.store.query({ collection: 'events' });
  const [event] = read.ok ? read.value : [];
  if (event === undefined) throw new Error('nothing was kept');
  return event;
}

it('a parked delivery stays parked while nothing is mended, and is settled once it can be understood', async () => {
  const broken = { ...contactCreated, data: { ...contactCreated.data, id: { not: 'an id' } } };
  const accepted = await fetch(`${worker.url}/webhooks/aircall`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(broken),
  });
  expect(accepted.status).toBe(200);
  await worker.quiet();
  const event = await onlyEvent();
  expect(event.fields).toMatchObject({ outcome: 'parked', reason: 'payload_unexpected' });

  const unmended = await run('replay', '--parked payload_unexpected --yes');
  expect(unmended.code).toBe(1);
  expect(unmended.out).toMatch(/aircall +contact\.created +parked again +payload_unexpected +1/u);

  const mended = JSON.stringify({ ...contactCreated, token: undefined });
  await worker.store.commit([{ op: 'merge', path: event.path, fields: { payload: { inline: mended } } }]);
  const replayed = await run('replay', '--parked --source aircall --yes');
  expect(replayed).toMatchObject({ code: 0 });
  expect(replayed.out).toMatch(/aircall +contact\.created +settled +written +1/u);
  expect(await fields(event.path)).toMatchObject({ outcome: 'written', receivedAt: event.fields['receivedAt'] });
  expect(await fields('records/aircall:contact:80000001')).toMatchObject({ facts: { lastName: 'Neighbour' } });
  const parked = await worker.store.query({ collection: 'parked' });
  expect(parked.ok && parked.value).toEqual([]);
});

it('a backfill brings what the vendor lists into the records, and finds nothing new the second time', async () => {
  for (const [index, name] of ['Ada', 'Ben', 'Cleo'].entries()) {
    const id = 90_000_001 + index;
    const contact = { ...contactCreated.data, id, first_name: name, emails: [], phone_numbers: [] };
    const put = await fetch(`${vendor.url}/_control/contacts/${id}`, { method: 'PUT', body: JSON.stringify(contact) });
    expect(put.status).toBe(200);
  }
  const filled = await run('backfill', 'start --vendor aircall --resources contacts');
  expect(filled).toMatchObject({ code: 0 });
  expect(filled.out).toMatch(/aircall +contacts +done +3 +3/u);
  await worker.quiet();
  const records = await worker.store.query({
    collection: 'records',
    where: [{ field: 'kind', op: '==', value: 'contact' }],
  });
  expect(records.ok && records.value.map(({ fields }) => (fields['facts'] as DocumentFields)['firstName'])).toEqual(
    expect.arrayContaining(['Ada', 'Ben', 'Cleo']),
  );
  const again = await run('backfill', 'start --vendor aircall --resources contacts --dry-run');
  expect(again.out).toMatch(/aircall +contacts +done +3 +0/u);
});
