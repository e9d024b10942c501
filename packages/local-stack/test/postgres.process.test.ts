import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { freePort } from '../src/emulators/free-port.ts';
import { eventually } from '../src/testing/eventually.ts';

/** Keycloak's database as the supervisor runs it. */
const MAIN = resolve(import.meta.dirname, '../src/postgres/main.ts');
let stateDirectory: string;
let port: number;
/** Where root's database lies. */
let folder: string;

beforeAll(async () => {
  stateDirectory = mkdtempSync(join(tmpdir(), 'innkeeper-postgres-test-'));
  port = await freePort();
});
afterAll(() => {
  for (const made of [stateDirectory, folder]) rmSync(made, { recursive: true, force: true });
});

async function start(password: string): Promise<ChildProcess> {
  const variables = { STATE_DIRECTORY: stateDirectory, POSTGRES_PORT: String(port), POSTGRES_PASSWORD: password };
  const child = spawn(process.execPath, [MAIN], {
    env: { ...process.env, ...variables },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [line] = (await once(child.stdout, 'data')) as [Buffer]; // It says that it has started.
  const { url } = z.object({ url: z.string() }).parse(JSON.parse(line.toString()));
  const health: unknown = await (await fetch(`${url}/_control/health`)).json();
  folder = z.object({ ok: z.literal(true), standIn: z.literal(false), folder: z.string() }).parse(health).folder;
  return child;
}

async function ask(password: string, query: string): Promise<unknown> {
  const client = new Client({ host: '127.0.0.1', port, user: 'keycloak', password, database: 'keycloak' });
  await client.connect();
  try {
    return (await client.query(query)).rows;
  } finally {
    await client.end();
  }
}

const isListening = (): Promise<boolean> =>
  ask('-', 'SELECT').then(
    () => true,
    (error: unknown) => !(error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED'),
  );

test('a real PostgreSQL with an invented Keycloak in it ends with its parent and keeps its data', async () => {
  const first = await start('first');
  expect(await ask('first', 'SELECT count(*)::int AS people FROM user_entity')).toEqual([{ people: 24 }]);
  await expect(ask('wrong', 'SELECT')).rejects.toThrow('password authentication failed');
  await ask('first', "UPDATE realm SET name = 'renamed'");

  first.kill('SIGKILL');
  await eventually(isListening, listening => !listening);

  const second = await start('second');
  expect(await ask('second', 'SELECT name FROM realm')).toEqual([{ name: 'renamed' }]);
  const exited = once(second, 'exit');
  second.kill('SIGTERM');
  expect(await exited).toEqual([0, null]);
  expect(await isListening()).toBe(false);
});
