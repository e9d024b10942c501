import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { err } from '@innkeeper/shared/result/result';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { backUpFiles } from '../src/sources/back-up-files.ts';
import { CONFIGURATION_FILE, ConfigurationFile } from '../src/sources/configuration-file.ts';
import { dumpDatabases } from '../src/sources/dump-databases.ts';
import { backUpMongodb } from '../src/sources/mongodb.ts';
import { withMountedFiles } from '../src/sources/mounts.ts';
import { type LiveSources, startSources, UPLOADS } from './support/live-sources.ts';

let sources: LiveSources;

beforeAll(async () => {
  sources = await startSources();
});
beforeEach(() => sources.mongodbServer.setFaults({}));
afterAll(() => sources.close());

const uploadsOn = ({ filesDirectory }: { filesDirectory: string }): string => join(filesDirectory, UPLOADS);

/** In front of the programs of these names: each notes how it was called, and goes on as the real one. */
function watchPrograms(folder: string, names: readonly string[]): { PATH: string; read: () => string } {
  const notes = join(folder, 'notes');
  for (const name of names) {
    const script = `#!/bin/sh\n{ echo "$0 $@"; env; } >>${notes}\nPATH="\${PATH#*:}" exec ${name} "$@"\n`;
    writeFileSync(join(folder, name), script, { mode: 0o755 });
  }
  return { PATH: `${folder}:${sources.programPath}`, read: () => readFileSync(notes, 'utf8') };
}

test('both databases become one snapshot each, and no program is told more than it needs', async () => {
  const folder = mkdtempSync(join(sources.filer, '../watched-'));
  const watched = watchPrograms(folder, ['mongodump', 'pg_dump']);
  const { context, snapshots } = sources.server({}, { PATH: watched.PATH });
  const dumped = await dumpDatabases(context);
  expect(watched.read()).toContain('--snapshot=');
  expect(watched.read()).not.toMatch(/only-of-this-test|RESTIC_PASSWORD/u);
  expect(dumped).toMatchObject({
    ok: true,
    value: {
      snapshots: [
        { source: 'mongodb', totalFiles: 1 },
        { source: 'keycloak', totalFiles: 1 },
      ],
    },
  });
  expect([await snapshots('mongodb'), await snapshots('keycloak')]).toEqual([1, 1]);
});

test('a dump that ends midway leaves no snapshot', async () => {
  sources.mongodbServer.setFaults({ failures: [{ command: 'find', effect: 'error', code: 8000 }] });
  const { context, snapshots } = sources.server();
  const before = await snapshots('mongodb');
  expect(await dumpDatabases(context)).toEqual({
    ok: false,
    error: { reason: 'dump_failed', detail: 'mongodump ended with 1.' },
  });
  expect(await snapshots('mongodb')).toBe(before);
});

test('a dump of less than half of the last good one leaves no snapshot, unless an operator said so', async () => {
  const previous = { bytes: { mongodb: 1_000_000, keycloak: 1 }, files: {} };
  const { context, snapshots } = sources.server({ previous });
  const before = await snapshots('mongodb');
  expect(await dumpDatabases(context)).toMatchObject({ ok: false, error: { reason: 'dump_shrunk' } });
  expect(await snapshots('mongodb')).toBe(before);
  const accepting = sources.server({ previous, acceptSmaller: true });
  expect(await backUpMongodb(accepting.context, () => undefined)).toMatchObject({ ok: true });
});

test('a refused login to Keycloak’s database is told without the password', async () => {
  const uri = sources.postgresUri.replace('only-of-this-test', 'not-the-password');
  const dumped = await dumpDatabases(sources.server({ postgres: { uri } }).context);
  expect(dumped).toMatchObject({ ok: false, error: { reason: 'dump_failed' } });
  expect(JSON.stringify(dumped)).not.toContain('not-the-password');
});

test('files, and secrets with a canary, become one snapshot each, and nothing stays mounted', async () => {
  const { context } = sources.server();
  const backedUp = await backUpFiles(context);
  expect(backedUp).toMatchObject({
    ok: true,
    value: {
      snapshots: [
        { source: 'files', totalFiles: 21 },
        { source: 'configuration', totalFiles: 1 },
      ],
    },
  });
  expect(existsSync(join(uploadsOn(context), '2026'))).toBe(false);
  const configuration = backedUp.ok ? backedUp.value.snapshots[1]?.snapshotId : undefined;
  let content = '';
  await context.restic.dump(String(configuration), CONFIGURATION_FILE, async bytes => {
    content = await text(bytes);
  });
  expect(ConfigurationFile.parse(JSON.parse(content))).toMatchObject({
    runId: '2026-11-22',
    files: { 'stack.env': 'ROCKETCHAT_TAG=8.9.0\n' },
    firestoreBackup: { name: 'projects/p/locations/l/backups/b' },
  });
});

const uploads = { path: UPLOADS, sentinel: '.innkeeper', minimumFiles: 3, minimumBytes: 100 };

test.each([
  ['a path the filer does not have', { path: '/buckets/nothing-here' }, 'mount_empty'],
  ['a path without its sentinel', { sentinel: '.not-there' }, 'mount_empty'],
  ['fewer files than the minimum', { minimumFiles: 22 }, 'files_too_few'],
  ['fewer bytes than the minimum', { minimumBytes: 10_000_000 }, 'files_too_few'],
])('%s is no backup', async (_, path, reason) => {
  const { context, snapshots } = sources.server({
    filer: { addresses: ['127.0.0.1:8888'], paths: [{ ...uploads, ...path }] },
  });
  const before = await snapshots('files');
  expect(await backUpFiles(context)).toMatchObject({ ok: false, error: { reason } });
  expect(await snapshots('files')).toBe(before);
  expect(existsSync(join(uploadsOn(context), '2026'))).toBe(false);
});

test('a night that is broken off while files are mounted leaves nothing mounted', async () => {
  const { context } = sources.server();
  const ending = new AbortController();
  const ended = await withMountedFiles({ ...context, signal: ending.signal }, async () => {
    expect(existsSync(join(uploadsOn(context), '2026'))).toBe(true);
    ending.abort();
    return err({ reason: 'stopped', detail: 'The server was told to shut down.' });
  });
  expect(ended).toMatchObject({ ok: false, error: { reason: 'stopped' } });
  expect(existsSync(join(uploadsOn(context), '2026'))).toBe(false);
});

test('a mount that cannot be taken away at once does not stay', async () => {
  const folder = mkdtempSync(join(sources.filer, '../busy-'));
  const busy = `#!/bin/sh\n[ "$1" = --lazy ] || exit 32\nPATH="\${PATH#*:}" exec umount "$@"\n`;
  writeFileSync(join(folder, 'umount'), busy, { mode: 0o755 });
  const { context } = sources.server({}, { PATH: `${folder}:${sources.programPath}` });
  expect(await backUpFiles(context)).toMatchObject({ ok: true });
  expect(existsSync(join(uploadsOn(context), '2026'))).toBe(false);
});

test('a mount that fails is no empty folder', async () => {
  const { context } = sources.server({}, { FILER_DIRECTORY: '/nowhere' });
  expect(await backUpFiles(context)).toEqual({
    ok: false,
    error: { reason: 'mount_failed', detail: 'weed mount ended with 1.' },
  });
});

test('a server without the programs says so', async () => {
  const { context } = sources.server({}, { PATH: '/nowhere' });
  expect(await backUpFiles(context)).toMatchObject({ ok: false, error: { reason: 'program_missing' } });
  expect(await dumpDatabases(context)).toMatchObject({ ok: false, error: { reason: 'program_missing' } });
});
