import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { REPOSITORY_PASSWORD, repositoryFiles } from '@innkeeper/local-stack/testing/restic-repository';
import { type FirestoreSdkStore, firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { endedRun, REBUILT } from './support/ended-run.ts';
import { type CommandEnd, type Environment, startCommand } from './support/run-command.ts';

const project = `tests-${randomBytes(4).toString('hex')}`;
let folder: string;
let store: FirestoreSdkStore;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'innkeeper-verify-'));
  store = firestoreSdk({ project, database: 'ops', emulatorHost: firestoreEmulatorHost() });
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

function verify(words: readonly string[], extra: Environment = {}): Promise<CommandEnd> {
  const environment = {
    PATH: process.env['PATH'] ?? '',
    HOME: folder,
    FIRESTORE_EMULATOR_HOST: firestoreEmulatorHost(),
    GOOGLE_CLOUD_PROJECT: project,
    METADATA_SERVER_DETECTION: 'none',
    RESTIC_BINARY: process.env['RESTIC_BINARY'] ?? 'restic',
    ...extra,
  };
  return startCommand('operate', ['verify', ...words], environment, folder).ended;
}

it('says of an empty database that everything could be lost, and ends with 1', async () => {
  const { code, out } = await verify([]);
  expect([code, out]).toEqual([1, expect.stringContaining('✗ No run has ended well')]);
});

it('is content with a fresh backup and a rebuilding of this week, and shows them to programs', async () => {
  const day = (daysAgo: number): Date => new Date(Date.now() - daysAgo * 86_400_000 - 3_600_000);
  const runs = [0, 5].map(daysAgo =>
    endedRun(day(daysAgo).toISOString().slice(0, 10), day(daysAgo), daysAgo === 0 ? {} : REBUILT),
  );
  await store.commit(
    runs.map(run => ({
      op: 'set',
      path: `backups/${run.runId}`,
      fields: JSON.parse(JSON.stringify(run)) as DocumentFields,
    })),
  );
  const { code, out } = await verify(['--json']);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ restorable: true, lastGood: { runId: runs[0]?.runId }, findings: [] });
  expect((await verify(['--restore-days', '4'])).out).toMatch(/rebuilding of the databases, .* 4 days are allowed/u);
});

it('asks the repository itself whether it holds that backup', async () => {
  const repository = path.join(folder, 'bucket');
  mkdirSync(path.join(repository, 'keys'), { recursive: true });
  for (const file of repositoryFiles()) writeFileSync(path.join(repository, file.path), file.bytes);
  const { code, out } = await verify(['--repository'], {
    RESTIC_REPOSITORY: repository,
    RESTIC_PASSWORD: REPOSITORY_PASSWORD,
  });
  expect([code, out]).toEqual([1, expect.stringContaining('the repository does not hold it')]);
});

it('ends with 2 when it cannot be said, or not be asked for like this', async () => {
  const unknown = await verify([], { FIRESTORE_EMULATOR_HOST: '' });
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining('gcloud auth')]);
  const wrong = await verify(['--freshness-hours', '0']);
  expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('--freshness-hours takes a number from 1')]);
  const away = await verify(['--repository'], {
    RESTIC_REPOSITORY: path.join(folder, 'none'),
    RESTIC_PASSWORD: REPOSITORY_PASSWORD,
  });
  expect([away.code, away.err]).toEqual([2, expect.stringContaining('There is no repository at this address')]);
});
