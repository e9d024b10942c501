import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StepOutcome, TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rebuildKeycloak } from '../src/proof-of-restore/keycloak/rebuild-keycloak.ts';
import { rebuildMongodb } from '../src/proof-of-restore/mongodb/rebuild-mongodb.ts';
import { proveRestore } from '../src/proof-of-restore/prove-restore.ts';
import { snapshotsBySource } from '../src/proof-of-restore/snapshots-by-source.ts';
import { childPrograms } from '../src/run/child-programs.ts';
import type { RunContext } from '../src/run/step.ts';
import { backUpFiles } from '../src/sources/back-up-files.ts';
import { dumpDatabases } from '../src/sources/dump-databases.ts';
import { fillSessions, type LiveSources, startSources, UPLOADS } from './support/live-sources.ts';

let sources: LiveSources;
let context: RunContext;
let outcomes: StepOutcome[];

const drill = { sampleShare: 1, drill: true, prune: false };

beforeAll(async () => {
  sources = await startSources();
  await fillSessions(sources.mongodb);
  context = sources.server({ work: drill }).context;
  const [dumped, backedUp] = [await dumpWhileTeamTalks(context), await backUpFiles(context)];
  if (!dumped.ok || !backedUp.ok) throw new Error(`no backup: ${JSON.stringify([dumped, backedUp])}`);
  outcomes = [dumped.value, backedUp.value];
});
afterAll(() => sources.close());

/** Messages are written, changed and deleted from the first read of the dump to its last. */
async function dumpWhileTeamTalks(server: RunContext): ReturnType<typeof dumpDatabases> {
  sources.mongodbServer.setFaults({ delayMs: { find: 60, insert: 50, update: 50, delete: 50 } });
  const messages = sources.mongodb.db('rocketchat').collection<{ _id: string; msg: string }>('rocketchat_message');
  const dumping = dumpDatabases(server).finally(() => sources.mongodbServer.setFaults({}));
  const over = new AbortController();
  void dumping.finally(() => over.abort());
  for (let nr = 0; !over.signal.aborted; nr++) {
    await messages.insertOne({ _id: `during${nr}`, msg: 'Still at it.' });
    await messages.updateOne({ _id: `message${nr % 50}` }, { $set: { msg: `Edited ${nr}.` } });
    await messages.deleteOne({ _id: `during${nr - 2}` });
  }
  return dumping;
}

/** The same server, with one program in front of the real one of its name. */
function withProgram(name: string, script: string): RunContext {
  const folder = join(context.workDirectory, `instead-of-${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, name), `#!/bin/sh\nPATH="\${PATH#*:}"\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  return { ...context, programs: childPrograms({ ...process.env, PATH: `${folder}:${sources.programPath}` }) };
}

test('the canary, every file and both databases, what has expired since included, come back, and nothing is left', async () => {
  const proof = await proveRestore(context, outcomes);
  expect(proof).toMatchObject({
    ok: true,
    value: {
      files: 21,
      compared: 21,
      changed: 0,
      canary: true,
      drill: {
        mongodb: { collections: 4 },
        keycloak: { tables: 9 },
        files: { files: 21 },
      },
    },
  });
  expect(readdirSync(context.workDirectory).filter(name => /drill|sample/u.test(name))).toEqual([]);
});

test('a file that was changed since the backup is counted as changed', async () => {
  writeFileSync(join(sources.filer, UPLOADS, '2026/0/photo $3 [a].jpg'), 'another photo');
  const proof = await proveRestore(withoutDrill(), outcomes);
  expect(proof).toMatchObject({ ok: true, value: { files: 21, compared: 20, changed: 1 } });
});

test('a file that comes back with other bytes than an unchanged original has is found', async () => {
  const original = join(sources.filer, UPLOADS, '2026/1/photo $7 [a].jpg');
  const { atime, mtime } = statSync(original);
  const bytes = readFileSync(original);
  writeFileSync(original, Buffer.concat([bytes.subarray(0, -1), Buffer.from('!')]));
  utimesSync(original, atime, mtime); // Whole seconds, from the start.
  const proof = await proveRestore(withoutDrill(), outcomes);
  expect(proof).toEqual({
    ok: false,
    error: { reason: 'restore_differs', detail: '1 of 21 files came back with other bytes than the originals have.' },
  });
});

test('the canary of another run is none', async () => {
  const earlier = await context.restic.backupBytes({
    source: 'configuration',
    runId: '2026-11-21',
    fileName: '/configuration.json',
    bytes: Buffer.from(JSON.stringify({ v: 1, runId: '2026-11-21', files: {}, canary: 'x'.repeat(43) })),
  });
  if (!earlier.ok) throw new Error(earlier.error.detail);
  const replaced = outcomes.map(outcome =>
    outcome.step === 'backing_up'
      ? { ...outcome, snapshots: withConfiguration(outcome.snapshots, earlier.value) }
      : outcome,
  );
  expect(await proveRestore(withoutDrill(), replaced)).toMatchObject({
    ok: false,
    error: { reason: 'canary_missing' },
  });
});

test('a collection that does not come back is found', async () => {
  const losing = withProgram(
    'mongorestore',
    `for option; do shift; [ "$option" = --oplogReplay ] || set -- "$@" "$option"; done
    exec mongorestore "$@" --nsInclude=rocketchat.users`,
  );
  expect(await rebuildMongodb(losing, snapshotsBySource(outcomes).mongodb.snapshotId)).toEqual({
    ok: false,
    error: { reason: 'restore_differs', detail: '2 collections of the rebuilt database are not as they were dumped.' },
  });
});

test('a single row that does not come back is found', async () => {
  const losing = withProgram(
    'pg_restore',
    `pg_restore "$@" || exit 1
    for option; do case "$option" in --host=*) host="\${option#--host=}" ;; esac; done
    exec psql --quiet --host="$host" --username=postgres --dbname=postgres \\
      --command="DELETE FROM event_entity WHERE id = (SELECT min(id) FROM event_entity)"`,
  );
  expect(await rebuildKeycloak(losing, snapshotsBySource(outcomes).keycloak.snapshotId)).toEqual({
    ok: false,
    error: { reason: 'restore_differs', detail: '1 of 9 tables are not as they were in the transaction of the dump.' },
  });
});

const withoutDrill = (): RunContext => ({ ...context, order: { ...context.order, work: { ...drill, drill: false } } });

const withConfiguration = (snapshots: readonly TakenSnapshot[], configuration: TakenSnapshot): TakenSnapshot[] =>
  snapshots.map(snapshot => (snapshot.source === 'configuration' ? configuration : snapshot));
