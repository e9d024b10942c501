import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { eventually } from '@innkeeper/local-stack/testing/eventually';
import { startTestVault, type TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageOf, type Restic, resticAt } from './support/run-restic.ts';
import { clientOf, nameOf, type VaultClient } from './support/vault-client.ts';

const START = new Date('2026-11-01T02:30:00Z');
const directory = mkdtempSync(path.join(tmpdir(), 'innkeeper-vault-'));
const source = path.join(directory, 'source');

let vault: TestVault;
let now = START;
let restic: Restic;
let reader: VaultClient;
const at = async (days: number): Promise<void> => {
  now = new Date(START.getTime() + days * 86_400_000);
  await vault.setTime(now);
  reader = await clientOf(vault, 'read', { now });
};
beforeAll(async () => {
  vault = await startTestVault({ clock: 'set' });
  restic = resticAt({ vault, directory, now: () => now });
  await at(0);
});
afterAll(async () => {
  await vault.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Content that neither compresses nor repeats. */
function fill(files: number, bytes: number): void {
  rmSync(source, { recursive: true, force: true });
  mkdirSync(source);
  for (let file = 0; file < files; file += 1) writeFileSync(path.join(source, `file ${file}`), randomBytes(bytes));
}
const backUp = (...args: string[]) => {
  const time = now.toISOString().slice(0, 19).replace('T', ' ');
  return restic.run('append', 'backup', '--json', '--host', 'innkeeper', '--time', time, ...args);
};
const hashesOf = (folder: string): string[] =>
  readdirSync(folder).map(name => `${name} ${nameOf(readFileSync(path.join(folder, name)))}`);

describe('opening', () => {
  test('what is not there is told apart', async () => {
    expect((await restic.run('append', 'cat', 'config')).code).toBe(10);
  });

  test('none is made where there is one', async () => {
    await vault.createRepository('company');
    expect((await restic.run('create', 'init')).code).toBe(1);
    expect((await reader.names('keys')).length).toBe(1);
  });

  test('another password opens nothing', async () => {
    const stranger = resticAt({ vault, directory, password: 'another', now: () => now });
    expect((await stranger.run('append', 'cat', 'config')).code).toBe(12);
  });
});

describe('a night', () => {
  test('stores files, and the next only what is new', async () => {
    fill(20, 200_000);
    const first = await backUp(source);
    expect(first.code).toBe(0);
    expect(messageOf(first, 'summary')).toMatchObject({ files_new: 20, total_bytes_processed: 4_000_000 });
    await at(1);
    writeFileSync(path.join(source, 'file 0'), randomBytes(200_000));
    const second = messageOf(await backUp(source), 'summary');
    expect(second).toMatchObject({ files_unmodified: 19, files_changed: 1 });
    expect(second['data_added']).toBeLessThan(300_000);
  });

  test('stores what a program writes, and nothing of one that fails', async () => {
    const program = (script: string) =>
      backUp('--stdin-filename', '/dump', '--stdin-from-command', '--', 'node', '-e', script);
    expect((await program('process.stdout.write("x".repeat(3e6))')).code).toBe(0);
    expect((await program('process.stdout.write("x"); process.exit(3)')).code).toBe(1);
    expect((await reader.names('snapshots')).length).toBe(3);
  });

  test('two at once are both stored', async () => {
    // Both hold their locks before either goes on: restic waits five seconds where a lock goes while it reads it.
    const script = `const fs = require('node:fs');
      fs.writeFileSync(process.argv[1], '');
      const waiting = setInterval(() => {
        if (!fs.existsSync('go')) return;
        clearInterval(waiting);
        process.stdout.write(require('node:crypto').randomBytes(5e5));
      }, 10);`;
    const dump = (name: string) =>
      backUp('--stdin-filename', `/${name}`, '--stdin-from-command', '--', 'node', '-e', script, `${name}.started`);
    const running = Promise.all([dump('one'), dump('other')]);
    await eventually(
      () => readdirSync(directory).filter(name => name.endsWith('.started')),
      started => started.length === 2,
    );
    writeFileSync(path.join(directory, 'go'), '');
    expect((await running).map(end => end.code)).toEqual([0, 0]);
    expect([(await reader.names('snapshots')).length, await reader.names('locks')]).toEqual([5, []]);
  });

  test('that was killed leaves a lock, which does not keep the next from working', async () => {
    const before = await reader.names('data');
    const script = 'process.stdout.write(require("node:crypto").randomBytes(12e6)); setTimeout(() => {}, 60e3)';
    const killed = await restic.start(
      'append',
      ...['backup', '--pack-size', '4', '--stdin-from-command', '--', 'node', '-e', script],
    );
    await eventually(
      () => reader.names('data'),
      packs => packs.length > before.length,
    );
    process.kill(-(killed.pid ?? Number.NaN), 'SIGKILL');
    expect((await reader.names('locks')).length).toBe(1);
    const [next, unlocked] = [await backUp(source), await restic.run('append', 'unlock')];
    expect([next.code, unlocked.code, await reader.names('locks')]).toEqual([0, 0, []]);
  });
});

describe('reading back', () => {
  test('works under a token that can do nothing else', async () => {
    const restored = path.join(directory, 'restored');
    const reads = await Promise.all([
      restic.run('read', '--no-lock', 'restore', `latest:${source}`, '--path', source, '--target', restored),
      restic.run('read', '--no-lock', 'find', 'file 7'),
      restic.run('read', '--no-lock', 'ls', 'latest', '--path', source),
      restic.run('read', '--no-lock', 'dump', 'latest', '/dump', '--path', '/dump'),
    ]);
    expect(reads.map(read => read.code)).toEqual([0, 0, 0, 0]);
    expect(hashesOf(restored)).toEqual(hashesOf(source));
    expect(reads[1].stdout).toContain(path.join(source, 'file 7'));
    expect(reads[2].stdout).toContain('file 19');
    expect(reads[3].stdout).toBe('x'.repeat(3_000_000));
    expect((await restic.run('read', 'backup', source)).code).not.toBe(0);
  });
});

describe('forgetting', () => {
  const forgetAll = ['forget', '--group-by', 'host', '--keep-last', '1'];

  test('is refused to whoever writes, and to everybody while what goes is young', async () => {
    const before = await reader.names('snapshots');
    for (const scope of ['append', 'forget'] as const) expect((await restic.run(scope, ...forgetAll)).code).toBe(3);
    expect(await reader.names('snapshots')).toEqual(before);
  });

  test('removes snapshots after 7 days, their content after 14, and leaves the rest whole', async () => {
    const packs = await reader.names('data');
    await at(9);
    fill(3, 200_000);
    expect((await backUp(source)).code).toBe(0);
    expect((await restic.run('forget', ...forgetAll)).code).toBe(0);
    expect((await reader.names('snapshots')).length).toBe(1);

    const early = await restic.run('maintain', 'prune', '--max-unused', 'unlimited');
    expect([early.code, early.stderr]).toEqual([0, expect.stringContaining('403')]); // restic leaves them for the next
    expect(await reader.names('data')).toEqual(expect.arrayContaining(packs));

    await at(16);
    expect(await restic.run('maintain', 'prune', '--max-unused', 'unlimited')).toMatchObject({ code: 0 });
    const left = await reader.names('data');
    expect(packs.filter(pack => left.includes(pack))).toEqual([]);
    expect(await restic.run('append', 'check', '--read-data')).toMatchObject({ code: 0 });
  });

  test('left a record of every object that is gone', async () => {
    const { entries } = await reader.audit();
    const gone = entries.filter(entry => entry['action'] === 'deletion' && entry['type'] === 'data');
    const left = await reader.names('data');
    expect(gone.length).toBeGreaterThan(0);
    expect(gone.filter(entry => entry['outcome'] !== 'done' || left.includes(String(entry['name'])))).toEqual([]);
  });
});

test('a bucket that fails for a moment costs a moment', async () => {
  await vault.setBucket('failing');
  fill(2, 200_000);
  const running = backUp(source);
  const refusals = () => vault.logged.filter(line => line.includes('store_unavailable')).length;
  const before = refusals();
  await eventually(refusals, count => count > before);
  await vault.setBucket('well');
  expect((await running).code).toBe(0);
});

describe('what the thief of a night’s token leaves', () => {
  const junk = (type: string): string => `what restic never sealed, as ${type}`;
  const removed = (client: VaultClient): Promise<string> =>
    client.outcome('DELETE', `stolen/snapshots/${nameOf(junk('snapshots'))}`);
  let own: Restic;
  let snapshot: string;
  const run = (...args: Parameters<Restic['run']>) => own.run(...args).then(end => end.code);

  test('keeps restic from working', async () => {
    await vault.createRepository('stolen');
    own = resticAt({ vault, directory: path.join(directory, 'stolen'), repository: 'stolen', now: () => now });
    const saved = await own.run('append', 'backup', '--json', source);
    snapshot = String(messageOf(saved, 'summary')['snapshot_id']);
    const thief = await clientOf(vault, 'append', { now, repository: 'stolen' });
    for (const type of ['locks', 'index', 'snapshots']) {
      // restic would panic at these, whatever it is asked to do.
      expect(await thief.outcome('POST', `stolen/${type}/${nameOf('x'.repeat(31))}`, 'x'.repeat(31))).toBe(
        '400 body_too_small',
      );
      expect(await thief.outcome('POST', `stolen/${type}/${nameOf(junk(type))}`, junk(type))).toBe('200');
    }
    expect(await run('read', '--no-lock', 'restore', snapshot, '--target', path.join(directory, 'lost'))).toBe(1);
  });

  test('but for the snapshots it is cleared away at once, and what is there can be restored', async () => {
    expect(await run('append', 'unlock', '--remove-all')).toBe(0);
    expect(await run('append', 'backup', '--force', source)).toBe(1);
    expect(await run('maintain', 'repair', 'index')).toBe(0);
    const found = path.join(directory, 'found');
    expect(await run('read', '--no-lock', 'restore', `${snapshot}:${source}`, '--target', found)).toBe(0);
    expect(hashesOf(found)).toEqual(hashesOf(source));
    expect(await run('append', 'backup', source)).toBe(1);
    expect(await run('append', 'backup', '--force', source)).toBe(0);
  });

  test('and those after their seven days', async () => {
    expect(await removed(await clientOf(vault, 'forget', { now, repository: 'stolen' }))).toBe('403 too_young');
    await at(24);
    expect(await removed(await clientOf(vault, 'forget', { now, repository: 'stolen' }))).toBe('200');
    expect(await run('append', 'backup', source)).toBe(0);
    expect(await run('append', 'check')).toBe(0);
  });
});

test('a token that ran out ends restic at once', async () => {
  const { token } = await clientOf(vault, 'append', { now: START });
  const end = await restic.run({ token }, 'snapshots');
  expect([end.code, end.stderr]).toEqual([1, expect.stringContaining('401')]);
});
