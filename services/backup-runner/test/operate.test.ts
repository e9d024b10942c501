import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { startTestVault, type TestVault } from '@innkeeper/local-stack/testing/start-test-vault';
import { type FirestoreSdkStore, firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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

describe('a repository', () => {
  let vault: TestVault;
  beforeAll(async () => {
    vault = await startTestVault({});
  });
  afterAll(() => vault.close());

  it('is made once in the vault, and left alone afterwards', async () => {
    const extra = { VAULT_URL: vault.url, VAULT_SIGNING_KEY: JSON.stringify(vault.signingKey) };
    const made = await backups(['init'], extra);
    expect([made.code, made.out]).toEqual([0, expect.stringContaining('RESTIC_PASSWORD     without it nobody, ever')]);
    expect(made.out).not.toContain('of this test');
    const again = await backups(['init'], { ...extra, RESTIC_PASSWORD: 'another' });
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('It was left alone.')]);
    expect(await backups(['kept'], extra)).toMatchObject({ code: 0, out: 'The repository holds no run yet.\n' });
  });

  it('can be reached without the vault, as the bucket is in a disaster', async () => {
    const extra = { RESTIC_REPOSITORY: path.join(folder, 'bucket') };
    expect((await backups(['init'], extra)).code).toBe(0);
    expect(await backups(['kept', '--json'], extra)).toMatchObject({ code: 0, out: '[]\n' });
  });

  it('says all that is missing to reach it', async () => {
    const { code, err } = await backups(['kept'], { RESTIC_PASSWORD: '' });
    expect(code).toBe(2);
    for (const name of ['RESTIC_PASSWORD', 'VAULT_URL', 'VAULT_SIGNING_KEY']) expect(err).toContain(name);
  });
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
    expect(status.out).toContain('████████████──────────── 50 %, 20.0 MB/s, 25 s left');
    expect(status.out).toContain('the last 2 days 2 h could be lost');
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
