import { spawn } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { REPOSITORY_PASSWORD, repositoryFiles } from '@innkeeper/local-stack/testing/restic-repository';
import { startTestVault, type TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { type FirestoreSdkStore, firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { vaultTokens } from '@innkeeper/shared/backup/vault-tokens';
import { BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import type { JWK } from 'jose';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { newRepositoryFiles } from '../proof/restic-repository-files.ts';
import { type CommandEnd, type Environment, startCommand } from './support/run-command.ts';

const project = `tests-${randomBytes(4).toString('hex')}`;
let folder: string;
let store: FirestoreSdkStore;
let environment: Environment;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'innkeeper-operate-'));
  store = firestoreSdk({ project, database: 'ops', emulatorHost: firestoreEmulatorHost() });
  environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    FIRESTORE_EMULATOR_HOST: firestoreEmulatorHost(),
    GOOGLE_CLOUD_PROJECT: project,
    METADATA_SERVER_DETECTION: 'none',
    RESTIC_BINARY: process.env['RESTIC_BINARY'] ?? 'restic',
    RESTIC_PASSWORD: 'of this test',
  };
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});
const backups = (words: readonly string[], extra: Environment = {}): Promise<CommandEnd> =>
  startCommand('operate', words, { ...environment, ...extra }, folder).ended;

describe('a vault and its repositories', () => {
  let vault: TestVault;
  let made: CommandEnd;
  let keyFile: string;
  let toVault: Environment;
  beforeAll(async () => {
    keyFile = path.join(folder, 'vault-key.json');
    made = await backups(['vault-key', '--to', keyFile]);
    const VAULT_PUBLIC_KEYS = made.out.split('\n').find(line => line.startsWith('[')) ?? '';
    vault = await startTestVault({ variables: { VAULT_PUBLIC_KEYS } });
    toVault = { VAULT_URL: vault.url, VAULT_SIGNING_KEY_FILE: keyFile };
  });
  afterAll(() => vault.close());

  it('the vault’s key is made once, into a file for its owner alone, and shown nowhere', async () => {
    const { d = '' } = JSON.parse(readFileSync(keyFile, 'utf8')) as JWK;
    expect([made.code, statSync(keyFile).mode & 0o777, d.length]).toEqual([0, 0o600, 43]);
    expect(made.out + made.err).not.toContain(d);
    const again = await backups(['vault-key', '--to', keyFile]);
    expect(again).toMatchObject({ code: 1, err: `${keyFile} is there already. It was left alone.\n` });
    expect(readFileSync(keyFile, 'utf8')).toContain(d);
  });

  it('a repository is made once in the vault that knows this key, and left alone afterwards', async () => {
    const first = await backups(['init'], toVault);
    expect([first.code, first.out]).toEqual([
      0,
      expect.stringContaining('RESTIC_PASSWORD     without it nobody, ever'),
    ]);
    expect(first.out).not.toContain('of this test');
    const again = await backups(['init'], { ...toVault, RESTIC_PASSWORD: 'another' });
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('It was left alone.')]);
    expect(await backups(['kept'], toVault)).toMatchObject({ code: 0, out: 'The repository holds no run yet.\n' });
  });

  it('is unlocked of what dead processes left, and of nothing that may be at work', async () => {
    const { password, config, key, seal } = newRepositoryFiles(); // opens quickly
    const repository = 'locked';
    const lock = (hostname: string, pid: number, minutesAgo: number) =>
      seal({ time: new Date(Date.now() - minutesAgo * 60_000).toISOString(), exclusive: false, hostname, pid });
    const [dead, old] = [lock(hostname(), 2 ** 22 + 1, 1), lock('backup-2026-11-20', 812, 180)];
    // restic asks a process of its own machine by SIGHUP whether it lives.
    const living = spawn('sh', ['-c', "trap '' HUP; echo up; exec sleep 60"]);
    onTestFinished(() => void living.kill());
    await once(living.stdout, 'data');
    const [own, foreign] = [lock(hostname(), living.pid ?? 0, 2), lock('backup-2026-11-21', 812, 4)];
    await put(repository, 'create', [
      [`keys/${key.name}`, key.bytes],
      ['config', config],
    ]);
    await put(
      repository,
      'append',
      [dead, old, own, foreign].map(({ name, bytes }) => [`locks/${name}`, bytes]),
    );
    const extra = { ...toVault, VAULT_REPOSITORY: repository, RESTIC_PASSWORD: password };

    const shown = await backups(['unlock'], extra);
    expect(shown.code).toBe(0);
    expect(shown.out.split('\n')).toEqual([
      'The repository holds 4 locks:',
      expect.stringMatching(/^ {2}✗ backup-2026-11-20, process 812, with others, renewed .* ago: left behind, a live/u),
      expect.stringMatching(/^ {2}… backup-2026-11-21, process 812, .* renewed .* min ago: may be at work/u),
      expect.stringMatching(
        new RegExp(`process ${living.pid}, with others, renewed .* ago: that process is at work`, 'u'),
      ),
      expect.stringMatching(/^ {2}✗ .* left behind, that process is gone$/u),
      'Nothing was changed. pnpm backups unlock --yes removes the 2 left behind.',
      '',
    ]);
    const done = await backups(['unlock', '--yes'], extra);
    expect([done.code, done.out]).toEqual([0, expect.stringMatching(/^Removed 2 locks:[^]*^2 locks stay:/mu)]);
    expect((await backups(['unlock'], extra)).out).toMatch(/holds 2 locks:[^]*Nothing to remove/u);
  });

  it('restic itself is told address, token and password, may only read, and ends as it ends', async () => {
    const { password, config, key } = newRepositoryFiles();
    await put('read', 'create', [
      [`keys/${key.name}`, key.bytes],
      ['config', config],
    ]);
    const extra = { ...toVault, VAULT_REPOSITORY: 'read', RESTIC_PASSWORD: password };
    const listed = await backups(['restic', '--', 'snapshots', '--json'], extra);
    expect([listed.code, JSON.parse(listed.out)]).toEqual([0, []]);
    const words = ['backup', '--stdin-from-command', '--', 'echo', 'hello'];
    const refused = await backups(['restic', '--', ...words], extra);
    expect([refused.code, refused.err]).toEqual([1, expect.stringContaining('403')]);
    expect((await backups(['restic', '--', 'snapshots'], { ...extra, RESTIC_PASSWORD: 'x' })).code).toBe(12);
  });

  it('can be reached without the vault, as the bucket is in a disaster', async () => {
    const extra = { RESTIC_REPOSITORY: path.join(folder, 'bucket'), RESTIC_PASSWORD: REPOSITORY_PASSWORD };
    mkdirSync(path.join(extra.RESTIC_REPOSITORY, 'keys'), { recursive: true });
    for (const file of repositoryFiles()) writeFileSync(path.join(extra.RESTIC_REPOSITORY, file.path), file.bytes);
    expect(await backups(['init'], extra)).toMatchObject({ code: 1 });
    expect(await backups(['kept', '--json'], extra)).toMatchObject({ code: 0, out: '[]\n' });
  });

  it('says all that is missing to reach it, and where that is known', async () => {
    const { code, err } = await backups(['kept'], { RESTIC_PASSWORD: '' });
    expect(code).toBe(2);
    for (const name of ['RESTIC_PASSWORD', 'VAULT_URL', 'VAULT_SIGNING_KEY', './dev up']) expect(err).toContain(name);
  });

  async function put(
    repository: string,
    scope: 'create' | 'append',
    files: readonly (readonly [name: string, bytes: Uint8Array])[],
  ): Promise<void> {
    const tokens = vaultTokens(JSON.parse(readFileSync(keyFile, 'utf8')) as JWK, () => randomUUID());
    const now = Date.now();
    const instants = { from: new Date(now - 60_000), until: new Date(now + 60_000) };
    const token = await tokens.mint({ subject: 'test', scope, repository, ...instants });
    const authorization = `Basic ${Buffer.from(`test:${token}`).toString('base64')}`;
    for (const [name, body] of files) {
      const url = `${vault.url}/${repository}/${name}`;
      const { ok } = await fetch(url, { method: 'POST', headers: { authorization }, body: Buffer.from(body) });
      expect(ok).toBe(true);
    }
  }
});

describe('how the backups are', () => {
  const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();
  const put = (where: 'backups' | 'backupStatus', id: string, document: object) =>
    store.commit([
      { op: 'set', path: `${where}/${id}`, fields: JSON.parse(JSON.stringify(document)) as DocumentFields },
    ]);
  const run = (id: string, changes: object): BackupRun =>
    BackupRun.parse({
      v: 1,
      runId: id,
      day: id.slice(0, 10),
      zone: 'Europe/Lisbon',
      types: ['daily', 'weekly'],
      trigger: { kind: 'schedule' },
      createdAt: hoursAgo(2),
      stateSince: hoursAgo(1),
      stateDeadline: hoursAgo(0),
      runDeadline: hoursAgo(-4),
      creation: { attempts: 1 },
      credential: { tokenHash: 'x', expiresAt: hoursAgo(1) },
      lastSequence: 3,
      outcomes: [],
      anomalies: [],
      told: {},
      ...changes,
    });

  it('cannot be said without credentials, which is no crash', async () => {
    const { code, err } = await backups(['status'], { FIRESTORE_EMULATOR_HOST: '' });
    expect([code, err]).toEqual([2, expect.stringContaining('gcloud auth application-default login')]);
  });

  it('is nothing before the first run', async () => {
    expect(await backups(['status'])).toMatchObject({ code: 0, out: expect.stringContaining('none yet') as unknown });
  });

  it('is told in words: what could be lost, how long a recovery takes, what runs', async () => {
    const progress = {
      step: 'backing_up',
      percent: 50,
      bytesDone: 5e8,
      bytesPerSecond: 2e7,
      secondsLeft: 25,
      at: hoursAgo(0),
    };
    const failure = { reason: 'dump_failed', detail: 'mongodump ended with 1.', at: hoursAgo(24), during: 'dumping' };
    const reason = 'before the update';
    await put('backups', '2026-11-20', run('2026-11-20', { state: 'failed', failure, createdAt: hoursAgo(25) }));
    await put(
      'backups',
      '2026-11-21-manual-1',
      run('2026-11-21-manual-1', {
        state: 'backing_up',
        progress,
        trigger: { kind: 'manual', reason, acceptSmaller: false },
      }),
    );
    await put('backupStatus', 'current', { v: 1, runId: '2026-11-21-manual-1' });
    const summary: BackupSummary = BackupSummary.parse({
      v: 1,
      updatedAt: hoursAgo(24),
      lastGood: {
        runId: '2026-11-19',
        finishedAt: hoursAgo(50),
        totalBytes: 2e9,
        totalFiles: 1200,
        addedBytes: 3e6,
        durationMs: 900_000,
      },
      lastRun: { runId: '2026-11-20', state: 'failed', reason: 'dump_failed' },
      lastDrillAt: hoursAgo(100),
      recoveryMs: 420_000,
      nextDueAt: hoursAgo(-10),
    });
    await put('backupStatus', 'summary', summary);
    const [status, runs, shown] = await Promise.all([
      backups(['status']),
      backups(['runs', '--last', '5']),
      backups(['show', '2026-11-20']),
    ]);
    expect(status.out).toContain('████████████──────────── 50 %, 20 MB/s, 25 s left');
    expect(status.out).toContain('the last 2.1 days could be lost');
    expect(status.out).toContain('RTO         7 min to have all data back');
    expect(runs.out.split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(/^… 2026-11-21-manual-1 +weekly +manual/u),
      expect.stringMatching(/^✗ 2026-11-20 .*dump_failed while dumping$/u),
    ]);
    expect(shown.out).toContain('failed: dump_failed: mongodump ended with 1.');
  });
});

describe('a backup by hand', () => {
  let server: Server;
  let url: string;
  let asked: { authorization: string | undefined; body: unknown }[];
  let answer: { status: number; body: string };
  beforeAll(async () => {
    server = createServer((request, response) => {
      void text(request).then(body => {
        asked.push({ authorization: request.headers.authorization, body: JSON.parse(body) });
        response.writeHead(answer.status).end(answer.body);
      });
    });
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    url = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  });
  afterAll(() => server.close());

  it('is asked for with its reason and the caller’s token, and answered with the run', async () => {
    asked = [];
    answer = { status: 200, body: JSON.stringify({ runId: '2026-11-21-manual-1', state: 'creating', started: true }) };
    const extra = { BACKUP_LAUNCH_URL: url, BACKUP_LAUNCH_TOKEN: 'identity' };
    const begun = await backups(['launch', '--reason', 'before the update', '--accept-smaller'], extra);
    expect([begun.code, begun.out]).toEqual([
      0,
      expect.stringContaining('Run 2026-11-21-manual-1 has begun (creating)'),
    ]);
    expect(asked).toEqual([
      { authorization: 'Bearer identity', body: { reason: 'before the update', acceptSmaller: true } },
    ]);
  });

  it('says what to do when it is refused, or when nobody answers', async () => {
    answer = { status: 403, body: '<html>' };
    const refused = await backups(['launch', '--reason', 'x'], { BACKUP_LAUNCH_URL: url });
    expect([refused.code, refused.err]).toEqual([
      1,
      expect.stringContaining('it answered 403. Set BACKUP_LAUNCH_TOKEN'),
    ]);
    const silent = await backups(['launch', '--reason', 'x'], { BACKUP_LAUNCH_URL: 'http://127.0.0.1:9' });
    expect([silent.code, silent.err]).toEqual([1, expect.stringContaining('does not answer')]);
    expect(await backups(['launch'], { BACKUP_LAUNCH_URL: url })).toMatchObject({ code: 2 });
  });
});
