import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { startTestVault, type TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LosingProxy, startLosingProxy } from './support/losing-proxy.ts';
import { type Restic, resticAt } from './support/run-restic.ts';
import { clientOf } from './support/vault-client.ts';

const directory = mkdtempSync(path.join(tmpdir(), 'innkeeper-vault-lost-'));
const source = path.join(directory, 'source');
const start = new Date();
let now = start;

let vault: TestVault;
let proxy: LosingProxy;
let restic: Restic;
beforeAll(async () => {
  vault = await startTestVault({ clock: 'set' });
  proxy = await startLosingProxy(vault.url);
  const throughProxy = { tokens: vault.tokens, repositoryOf: (name: string) => `rest:${proxy.url}/${name}/` };
  restic = resticAt({ vault: throughProxy, directory, now: () => now });
  mkdirSync(source);
  writeFileSync(path.join(source, 'file'), randomBytes(1_000_000));
});
afterAll(async () => {
  await proxy.close();
  await vault.close();
  rmSync(directory, { recursive: true, force: true });
});

// What restic does when an answer is lost: it deletes what it may have stored, as far as it may, and stores it again.

test('a repository is made although the answers about its key and its configuration are lost', async () => {
  proxy.lose('POST keys', 'POST config');
  expect(await restic.run('create', 'init')).toMatchObject({ code: 0 });
  expect(proxy.pending.size).toBe(0);
});

test('a backup is made although each kind of answer is lost once', async () => {
  proxy.lose('POST locks', 'POST data', 'POST index', 'POST snapshots', 'DELETE locks', 'GET index', 'GET config');
  expect(await restic.run('append', 'backup', source)).toMatchObject({ code: 0 });
  expect([...proxy.pending]).toEqual([]);
  const reader = await clientOf(vault, 'read');
  expect((await reader.names('snapshots')).length).toBe(1);
  expect(await reader.names('locks')).toEqual([]);
});

test('snapshots and packs are gone although the answers are lost', async () => {
  now = new Date(start.getTime() + 20 * 86_400_000);
  await vault.setTime(now);
  proxy.lose('DELETE snapshots', 'DELETE data', 'DELETE index');
  const everything = ['--prune', '--unsafe-allow-remove-all', '--host', hostname()];
  const forgotten = await restic.run('maintain', 'forget', ...everything);
  expect(forgotten).toMatchObject({ code: 0 });
  expect([...proxy.pending]).toEqual([]);
  const reader = await clientOf(vault, 'read', { now });
  expect([await reader.names('snapshots'), await reader.names('data')]).toEqual([[], []]);
  const { entries } = await reader.audit();
  const snapshots = entries.filter(entry => entry['type'] === 'snapshots' && entry['action'] === 'deletion');
  expect(snapshots).toMatchObject([{ outcome: 'done' }]);
});
