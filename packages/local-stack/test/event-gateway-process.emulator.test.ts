import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { firestoreEmulatorHost, receiveTriggers } from '@innkeeper/shared/testing/emulator-hosts';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../src/emulators/free-port.ts';
import { eventually } from '../src/testing/eventually.ts';
import { type Receiver, startReceiver } from './fixtures/receiver.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

const MAIN = path.resolve(import.meta.dirname, '../src/events/main.ts');
const WRITES = 60;

const state = temporaryDirectory();
let gateway: ChildProcess | undefined;
let receiver: Receiver | undefined;
afterEach(async () => {
  gateway?.kill('SIGKILL');
  await receiver?.close();
  state.remove();
});

test('kill -9 of the gateway in the middle of a burst loses no change', async () => {
  const projectId = `gateway-${randomUUID().slice(0, 8)}`;
  const port = await freePort();
  const target = await startReceiver();
  receiver = target;
  await receiveTriggers(projectId, `http://127.0.0.1:${port}`);
  const config = path.join(state.path, 'events.json');
  const triggers = [{ name: 'records', document: 'records/{id}', url: `${target.url}/` }];
  writeFileSync(config, JSON.stringify({ projectId, firestore: { host: firestoreEmulatorHost(), triggers } }));

  const start = async (): Promise<ChildProcess> => {
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, PORT: String(port), STATE_DIRECTORY: state.path, EVENTS_CONFIG: config },
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    await eventually(
      () =>
        fetch(`http://127.0.0.1:${port}/_control/pending`).then(
          response => response.ok,
          () => false,
        ),
      ready => ready,
    );
    return child;
  };
  const write = async (id: number): Promise<void> => {
    const url = `http://${firestoreEmulatorHost()}/v1/projects/${projectId}/databases/(default)/documents/records/${id}`;
    const headers = { authorization: 'Bearer owner' };
    const response = await fetch(url, { method: 'PATCH', headers, body: JSON.stringify({ fields: {} }) });
    if (!response.ok) throw new Error(`writing answered ${response.status}`);
  };

  const first = await start();
  gateway = first;
  const writing = Promise.all(Array.from({ length: WRITES }, (_, id) => write(id)));
  await eventually(
    () => target.received.length,
    count => count > 5,
  );
  first.kill('SIGKILL');
  await once(first, 'exit');
  await writing;
  gateway = await start();

  const delivered = await eventually(
    () => new Set(target.received.map(({ headers }) => headers['ce-document'])),
    documents => documents.size === WRITES,
  );
  expect(delivered.size).toBe(WRITES);
});
