import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../src/emulators/free-port.ts';
import { openOidcIssuer } from '../src/events/oidc-issuer.ts';
import { type RunningFunctions, startFunctions } from '../src/functions-host/start-functions.ts';
import { sendJson, serveLocal } from '../src/http/serve-local.ts';
import { eventually } from '../src/testing/eventually.ts';
import { takenEvents } from './fixtures/functions/index.ts';
import { temporaryDirectory } from './fixtures/temporary-directory.ts';

let functions: RunningFunctions;
beforeAll(async () => {
  functions = await startFunctions({
    targets: [
      { target: 'takes', port: 0 },
      { target: 'refuses', port: 0 },
    ],
    controlPort: 0,
  });
});
afterAll(() => functions.close());

const post = (url: string, id: string, headers: Record<string, string> = {}) =>
  fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/protobuf',
      'ce-specversion': '1.0',
      'ce-id': id,
      'ce-source': '//firestore.googleapis.com/projects/p/databases/(default)',
      'ce-type': 'google.cloud.firestore.document.v1.written',
      'ce-document': 'records/a',
      ...headers,
    },
    body: new Uint8Array([10, 0]),
  });

test('a function gets the CloudEvent with its attributes, and its return is an acceptance', async () => {
  const response = await post(functions.urlOf('takes'), 'event-1');
  expect(response.status).toBe(204);
  expect(takenEvents()).toEqual([{ id: 'event-1', document: 'records/a' }]);
});

test('a function that throws refuses the event', async () => {
  expect((await post(functions.urlOf('refuses'), 'event-2')).status).toBe(500);
});

test('the process serves every target of its file and ends in order on SIGTERM', async () => {
  const state = temporaryDirectory();
  const [port, controlPort] = [await freePort(), await freePort()];
  const config = path.join(state.path, 'functions.json');
  const entries = [path.resolve(import.meta.dirname, 'fixtures/functions/index.ts')];
  writeFileSync(config, JSON.stringify({ entries, targets: [{ target: 'takes', port }] }));
  const child = spawn(process.execPath, [path.resolve(import.meta.dirname, '../src/functions-host/main.ts')], {
    env: { ...process.env, PORT: String(controlPort), FUNCTIONS_CONFIG: config },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  try {
    const health = (): Promise<boolean> =>
      fetch(`http://127.0.0.1:${controlPort}/_control/health`).then(
        response => response.ok,
        () => false,
      );
    await eventually(health, isWell => isWell);
    expect((await post(`http://127.0.0.1:${port}`, 'event-3')).status).toBe(204);
    child.kill('SIGTERM');
    await once(child, 'exit');
    expect(child.exitCode).toBe(0);
  } finally {
    child.kill('SIGKILL');
    state.remove();
  }
});

test('a private function hears only from its invoker', async () => {
  const state = temporaryDirectory();
  const [issuer, stranger] = await Promise.all(
    ['issuer', 'stranger'].map(name => {
      const stateDirectory = path.join(state.path, name);
      mkdirSync(stateDirectory);
      return openOidcIssuer({ stateDirectory, issuer: 'https://issuer.example', now: () => Date.now() });
    }),
  );
  if (issuer === undefined || stranger === undefined) throw new Error('two issuers were made');
  const keys = await serveLocal({
    name: 'keys',
    port: 0,
    handle: (_request, response) => Promise.resolve(sendJson(response, 200, issuer.jwks)),
  });
  const invoker = {
    issuer: 'https://issuer.example',
    keysUrl: keys.url,
    audience: 'https://function.example',
    email: 'invoker@example.com',
  };
  const targets = [{ target: 'takes', port: 0, invoker }];
  const host = await startFunctions({ targets, controlPort: 0 });
  try {
    const call = async (token: Promise<string>): Promise<number> =>
      (await post(host.urlOf('takes'), 'event-4', { authorization: `Bearer ${await token}` })).status;
    expect((await post(host.urlOf('takes'), 'event-4')).status).toBe(403);
    expect(await call(Promise.resolve('e30.e30.e30'))).toBe(401);
    expect(await call(stranger.tokenFor(invoker))).toBe(401);
    expect(await call(issuer.tokenFor({ ...invoker, audience: 'https://other.example' }))).toBe(401);
    expect(await call(issuer.tokenFor({ ...invoker, email: 'other@example.com' }))).toBe(403);
    expect(takenEvents().map(({ id }) => id)).not.toContain('event-4');
    expect(await call(issuer.tokenFor(invoker))).toBe(204);
    expect(takenEvents().map(({ id }) => id)).toContain('event-4');
  } finally {
    await host.close();
    await keys.close();
    state.remove();
  }
});

test('an unregistered target is told by name, before anything listens', async () => {
  await expect(startFunctions({ targets: [{ target: 'absent', port: 0 }], controlPort: 0 })).rejects.toThrow('absent');
});
