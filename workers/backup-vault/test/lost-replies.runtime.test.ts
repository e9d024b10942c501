import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { startTestVault, type TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type LosingProxy, startLosingProxy } from './support/losing-proxy.ts';
import { type Restic, resticAt } from './support/run-restic.ts';
import { clientOf } from './support/vault-client.ts';

// What restic does when an answer is lost: it deletes what it may have stored, as far as it may, and stores it again,
// after about a second. Each repository loses a few, and all of them wait at the same time.

const directory = mkdtempSync(path.join(tmpdir(), 'innkeeper-vault-lost-'));
const source = path.join(directory, 'source');
const start = new Date();
let now = start;

let vault: TestVault;
let proxy: LosingProxy;
beforeAll(async () => {
  vault = await startTestVault({ clock: 'set' });
  proxy = await startLosingProxy(vault.url);
  mkdirSync(source);
  writeFileSync(path.join(source, 'file'), randomBytes(100_000));
});
afterAll(async () => {
  await proxy.close();
  await vault.close();
  rmSync(directory, { recursive: true, force: true });
});

function resticOf(repository: string): Restic {
  const throughProxy = { tokens: vault.tokens, repositoryOf: (name: string) => `rest:${proxy.url}/${name}/` };
  // A directory each: repositories from one template have one id, by which restic tells its caches apart.
  return resticAt({ vault: throughProxy, directory: path.join(directory, repository), repository, now: () => now });
}

/** What did not happen to these repositories. */
const stillToLose = (...repositories: string[]): string[] =>
  [...proxy.pending].filter(loss => repositories.some(repository => loss.startsWith(`${repository} `)));

test.concurrent('a repository is made although the answers about its key and its configuration are lost', async () => {
  const losses = { 'lost-key': 'POST keys', 'lost-config': 'POST config' };
  const ends = await Promise.all(
    Object.entries(losses).map(([repository, kind]) => {
      proxy.lose(repository, kind);
      return resticOf(repository).run('create', 'init');
    }),
  );
  expect(ends).toMatchObject([{ code: 0 }, { code: 0 }]);
  expect(stillToLose(...Object.keys(losses))).toEqual([]);
});

const BACKUPS = {
  first: ['POST locks', 'POST data'],
  second: ['POST index', 'POST snapshots'],
  third: ['DELETE locks', 'GET index', 'GET config'],
} as const;

test.concurrent('a backup is made although each kind of answer is lost once', async () => {
  const repositories = Object.keys(BACKUPS);
  await Promise.all(repositories.map(repository => vault.createRepository(repository)));
  for (const [repository, kinds] of Object.entries(BACKUPS)) proxy.lose(repository, ...kinds);
  const ends = await Promise.all(repositories.map(repository => resticOf(repository).run('append', 'backup', source)));
  expect(ends).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
  expect(stillToLose(...repositories)).toEqual([]);
  for (const repository of repositories) {
    const reader = await clientOf(vault, 'read', { repository });
    expect((await reader.names('snapshots')).length).toBe(1);
    expect(await reader.names('locks')).toEqual([]);
  }
});

const REMOVALS = {
  first: ['DELETE snapshots'],
  second: ['DELETE data'],
  third: ['DELETE index'],
} satisfies Record<keyof typeof BACKUPS, string[]>;

test('snapshots and packs are gone although the answers are lost', async () => {
  now = new Date(start.getTime() + 20 * 86_400_000);
  await vault.setTime(now);
  for (const [repository, kinds] of Object.entries(REMOVALS)) proxy.lose(repository, ...kinds);
  const everything = ['--prune', '--unsafe-allow-remove-all', '--host', hostname()];
  const ends = await Promise.all(
    Object.keys(REMOVALS).map(repository => resticOf(repository).run('maintain', 'forget', ...everything)),
  );
  expect(ends).toMatchObject([{ code: 0 }, { code: 0 }, { code: 0 }]);
  expect(stillToLose(...Object.keys(REMOVALS))).toEqual([]);
  for (const repository of Object.keys(REMOVALS)) {
    const reader = await clientOf(vault, 'read', { repository, now });
    expect([await reader.names('snapshots'), await reader.names('data')]).toEqual([[], []]);
    const { entries } = await reader.audit();
    const snapshots = entries.filter(entry => entry['type'] === 'snapshots' && entry['action'] === 'deletion');
    expect(snapshots).toMatchObject([{ outcome: 'done' }]);
  }
});
