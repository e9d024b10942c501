import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { freePort } from '@innkeeper/local-stack/emulators/free-port';
import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { reapStaleWorkerd } from '@innkeeper/local-stack/workers-host/workerd-process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { addRoom, answerTo, postJson, roomMessages, webhookBody } from './support/chat.ts';
import { type Surroundings, startSurroundings, TOKEN } from './support/surroundings.ts';
import { world } from './support/world.ts';

const HOST = path.resolve(import.meta.dirname, '../../../packages/local-stack/src/workers-host/main.ts');

let around: Surroundings;
let host: ChildProcess | undefined;
let state: string;
let port: number;

beforeAll(async () => {
  around = await startSurroundings();
  await Promise.all([around.put(world), addRoom(around.chatUrl, 'general', 'c')]);
  state = path.join(around.stateDirectory, 'host');
  port = await freePort();
  writeFileSync(
    path.join(around.stateDirectory, 'workers.json'),
    JSON.stringify({
      workers: [{ directory: path.resolve(import.meta.dirname, '..'), port, variables: around.variables }],
    }),
    { mode: 0o600 },
  );
});
afterAll(async () => {
  await killHost();
  await around?.close();
});

async function startHost(): Promise<void> {
  host = spawn(process.execPath, [HOST], {
    env: {
      ...process.env,
      PORT: '0',
      STATE_DIRECTORY: state,
      WORKERS_CONFIG: path.join(around.stateDirectory, 'workers.json'),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await eventually(
    () =>
      fetch(`http://127.0.0.1:${port}/healthz`).then(
        response => response.ok,
        () => false,
      ),
    isUp => isUp,
  );
}

async function killHost(): Promise<void> {
  if (host?.exitCode === null && host.signalCode === null) {
    host.kill('SIGKILL');
    await once(host, 'exit');
  }
  await reapStaleWorkerd(state);
}

const faults = (url: string, body: object): Promise<Response> =>
  fetch(`${url}/_control/faults`, { method: 'POST', body: JSON.stringify(body) });

const inWork = async (): Promise<number> => {
  const response = await fetch(`http://127.0.0.1:${port}/status`, { headers: { authorization: `Bearer ${TOKEN}` } });
  return ((await response.json()) as { questionsInWork: number }).questionsInWork;
};

test('questions accepted before a kill -9 are answered once after the restart, whatever the kill interrupted', async () => {
  await startHost();
  const ask = async (id: string): Promise<void> => {
    const response = await postJson(
      `http://127.0.0.1:${port}/questions`,
      webhookBody(id, '@innkeeper who is checking in today?'),
    );
    expect([response.status, await response.text()]).toEqual([200, '{}']);
  };
  await faults(around.qdrantUrl, { status: 503 });
  await ask('before-reading');
  await ask('also-before-reading');
  await killHost();

  await faults(around.qdrantUrl, {});
  await faults(around.chatUrl, { pathPrefix: '/api/v1/chat.sendMessage', status: 503 });
  await startHost();
  await ask('before-posting');
  await killHost();

  await faults(around.chatUrl, {});
  await startHost();
  for (const id of ['before-reading', 'also-before-reading', 'before-posting']) {
    expect((await answerTo(around.chatUrl, id, text => text.includes('Mia Larsen'))).tmid).toBe(id);
  }
  await eventually(inWork, count => count === 0);
  await ask('before-posting');
  await eventually(inWork, count => count === 0);
  expect(await roomMessages(around.chatUrl, 'general')).toHaveLength(3);
}, 60_000);
