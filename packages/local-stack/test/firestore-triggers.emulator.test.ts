import { randomUUID } from 'node:crypto';
import { firestoreEmulatorHost, receiveTriggers } from '@innkeeper/shared/testing/emulator-hosts';
import { afterEach, describe, expect, test } from 'vitest';
import { freePort } from '../src/emulators/free-port.ts';
import { GatewayConfig } from '../src/events/gateway-config.ts';
import { readUpdateMicros } from '../src/events/read-update-time.ts';
import { type EventGateway, startEventGateway } from '../src/events/start-event-gateway.ts';
import { eventually } from '../src/testing/eventually.ts';
import { type Receiver, startReceiver } from './fixtures/receiver.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const quiet = { info() {}, warn() {}, error() {} };
const cleanups: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  while (cleanups.length > 0) await cleanups.pop()?.();
});

async function setUp() {
  const projectId = `gateway-${randomUUID().slice(0, 8)}`;
  const state = temporaryDirectory();
  cleanups.push(() => state.remove());
  const port = await freePort();
  const functionPort = await freePort();
  await receiveTriggers(projectId, `http://127.0.0.1:${port}`);
  const config = GatewayConfig.parse({
    projectId,
    firestore: {
      host: firestoreEmulatorHost(),
      triggers: [{ name: 'records', document: 'records/{id}', url: `http://127.0.0.1:${functionPort}/` }],
      backOff: { minMs: 5, maxMs: 20 },
    },
  });
  const documents = `http://${firestoreEmulatorHost()}/v1/projects/${projectId}/databases/(default)/documents`;
  const headers = { authorization: 'Bearer owner' };
  return {
    projectId,
    startGateway: async (): Promise<EventGateway> => {
      const gateway = await startEventGateway({ config, stateDirectory: state.path, port, log: quiet });
      cleanups.push(() => gateway.close().catch(() => undefined)); // The test may have closed it already.
      return gateway;
    },
    startFunction: async (): Promise<Receiver> => {
      const receiver = await startReceiver(functionPort);
      cleanups.push(() => receiver.close());
      return receiver;
    },
    write: async (path: string): Promise<string> => {
      const body = JSON.stringify({ fields: { touched: { stringValue: randomUUID() } } });
      const response = await fetch(`${documents}/${path}`, { method: 'PATCH', headers, body });
      return ((await response.json()) as { updateTime: string }).updateTime;
    },
    remove: async (path: string): Promise<void> => {
      await (await fetch(`${documents}/${path}`, { method: 'DELETE', headers })).arrayBuffer();
    },
  };
}

const documentsOf = (receiver: Receiver) => receiver.received.map(({ headers }) => String(headers['ce-document']));

describe('a Firestore trigger', () => {
  test('delivers a change as Eventarc does: attributes as headers, the protobuf itself as body', async () => {
    const { projectId, startGateway, startFunction, write } = await setUp();
    await startGateway();
    const receiver = await startFunction();
    const updateTime = await write('records/guesty:reservation:1');
    const [event] = await eventually(
      () => receiver.received,
      received => received.length > 0,
    );
    expect(event?.headers).toMatchObject({
      'content-type': 'application/protobuf',
      'ce-specversion': '1.0',
      'ce-type': 'google.cloud.firestore.document.v1.written',
      'ce-source': `//firestore.googleapis.com/projects/${projectId}/databases/(default)`,
      'ce-subject': 'documents/records/guesty:reservation:1',
      'ce-document': 'records/guesty:reservation:1',
      'ce-database': '(default)',
      'ce-project': projectId,
    });
    const micros = readUpdateMicros(event?.body ?? Buffer.alloc(0)) ?? 0n;
    expect(new Date(Number(micros / 1000n)).toISOString().slice(0, 23)).toBe(updateTime.slice(0, 23));
  });

  test('repeats a refused event under the same id until the function takes it', async () => {
    const { startGateway, startFunction, write } = await setUp();
    const gateway = await startGateway();
    const receiver = await startFunction();
    receiver.answerWith((_request, index) => (index < 3 ? 500 : 204));
    await write('records/a');
    await eventually(
      () => gateway.pending()['records'],
      pending => receiver.received.length >= 4 && pending?.waiting === 0 && pending.inFlight === 0,
    );
    expect(new Set(receiver.received.map(({ headers }) => headers['ce-id'])).size).toBe(1);
    expect(receiver.received.length).toBe(4);
  });

  test('keeps events through its own restart while the function is away', async () => {
    const { startGateway, startFunction, write } = await setUp();
    const first = await startGateway();
    await Promise.all(['a', 'b', 'c'].map(id => write(`records/${id}`)));
    await eventually(
      () => first.pending()['records'],
      pending => (pending?.waiting ?? 0) + (pending?.inFlight ?? 0) === 3,
    );
    await first.close();
    await startGateway();
    const receiver = await startFunction();
    await eventually(
      () => documentsOf(receiver),
      documents => documents.length === 3,
    );
    expect(documentsOf(receiver).sort((a, b) => a.localeCompare(b))).toEqual(['records/a', 'records/b', 'records/c']);
  });

  test('finds what was written, changed and deleted while it was away, and nothing else', async () => {
    const { startGateway, startFunction, write, remove } = await setUp();
    const receiver = await startFunction();
    const first = await startGateway();
    await Promise.all(['same', 'changed', 'deleted'].map(id => write(`records/${id}`)));
    await eventually(
      () => receiver.received.length,
      count => count === 3,
    );
    await first.close();

    await write('records/changed');
    await write('records/new');
    await write('others/ignored');
    await remove('records/deleted');
    await startGateway();
    const missed = await eventually(
      () => new Set(documentsOf(receiver).slice(3)), // An event that the emulator was late to send may come twice.
      documents => documents.size === 3,
    );
    expect(missed).toEqual(new Set(['records/changed', 'records/deleted', 'records/new']));
  });
});
