import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { bundlePrograms } from '@innkeeper/local-stack/bundling/bundle-programs';
import { freePort } from '@innkeeper/local-stack/emulators/free-port';
import { startPostgres } from '@innkeeper/local-stack/postgres/start-postgres';
import { installServerPrograms } from '@innkeeper/local-stack/server-programs/install-server-programs';
import { type MongoStandIn, startMongo } from '@innkeeper/local-stack/stand-ins/mongodb/start-mongo';
import { REPOSITORY_PASSWORD, repositoryFiles } from '@innkeeper/local-stack/testing/restic-repository';
import { Secret } from '@innkeeper/shared/config/secret';
import { BeginReply } from '@innkeeper/shared/contracts/backup/exchange';
import type { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import { MongoClient } from 'mongodb';
import { cliRestic } from '../../src/restic/cli-restic.ts';
import { childPrograms } from '../../src/run/child-programs.ts';
import type { RunContext } from '../../src/run/step.ts';

/**
 * What is backed up, all of it real but MongoDB and the filer: a chat, a Keycloak, uploads; and a repository for it.
 */
export interface LiveSources {
  readonly mongodb: MongoClient;
  /** The server itself, to break it. */
  readonly mongodbServer: MongoStandIn;
  readonly postgresUri: string;
  /** Below it lie the filer's paths. */
  readonly filer: string;
  /** `PATH` of its servers. */
  readonly programPath: string;
  /** A server of a new run, at the same repository. */
  server(order?: Partial<BeginReply>, environment?: Readonly<Record<string, string>>): TestServer;
  close(): Promise<void>;
}

export interface TestServer {
  readonly context: RunContext;
  /** How many the repository has of a source. */
  readonly snapshots: (source: BackupSource) => Promise<number>;
}

export const UPLOADS = '/buckets/rocketchat-uploads';
const SENTINEL = '.innkeeper';
const RESTIC = process.env['RESTIC_BINARY'] ?? 'restic';
const RUNNER = resolve(import.meta.dirname, '../../src/main.ts');
/** Each dump starts it anew, and half of its time would be reading its sources. */
const BUNDLES = resolve(import.meta.dirname, '../../dist/programs');
const PASSWORD = 'only-of-this-test';

export async function startSources(): Promise<LiveSources> {
  const root = mkdtempSync(join(tmpdir(), 'innkeeper-sources-'));
  const repository = join(root, 'repository');
  const filer = join(root, 'filer');
  makeRepository(repository);
  const [serverPrograms, { runner }, mongo, postgres] = await Promise.all([
    installServerPrograms(),
    bundlePrograms({ entries: { runner: RUNNER }, cacheDirectory: BUNDLES }),
    startMongo({ ttlMonitorSleepSecs: 86_400 }), // what has expired is still there when it is dumped
    startPostgres({ port: await freePort(), stateDirectory: join(root, 'postgres'), password: PASSWORD }),
  ]);
  const mongodb = await MongoClient.connect(mongo.uri);
  await fillChat(mongodb);
  fillFiler(filer);
  const programPath = `${serverPrograms}:${process.env['PATH']}`;
  let servers = 0;
  return {
    mongodb,
    mongodbServer: mongo,
    postgresUri: postgres.uri,
    filer,
    programPath,
    server(order = {}, environment = {}) {
      servers += 1;
      const place = join(root, `server-${servers}`);
      const [workDirectory, secretDirectory] = [join(place, 'work'), join(place, 'secrets')];
      for (const folder of [workDirectory, secretDirectory]) mkdirSync(folder, { recursive: true, mode: 0o700 });
      const programs = childPrograms({ ...process.env, PATH: programPath, FILER_DIRECTORY: filer, ...environment });
      const restic = cliRestic({
        binary: RESTIC,
        repository,
        password: new Secret(REPOSITORY_PASSWORD),
        zone: 'Europe/Lisbon',
        programs,
      });
      const context: RunContext = {
        order: BeginReply.parse({ ...orderOf({ mongodb: mongo.uri, postgres: postgres.uri }), ...order }),
        restic,
        programs,
        workDirectory,
        secretDirectory,
        filesDirectory: join(root, 'files'),
        ownProgram: [process.execPath, runner],
        progress: () => undefined,
        signal: new AbortController().signal,
        now: () => new Date(),
      };
      return {
        context,
        snapshots: async source => {
          const found = await restic.snapshots();
          if (!found.ok) throw new Error(found.error.detail);
          return found.value.filter(({ tags }) => tags.includes(`source=${source}`)).length;
        },
      };
    },
    async close() {
      await mongodb.close();
      await Promise.all([mongo.close(), postgres.close()]);
      for (const folder of [root, postgres.folder]) rmSync(folder, { recursive: true, force: true });
    },
  };
}

function makeRepository(repository: string): void {
  for (const folder of ['data', 'index', 'keys', 'locks', 'snapshots']) {
    mkdirSync(join(repository, folder), { recursive: true });
  }
  for (const file of repositoryFiles()) writeFileSync(join(repository, file.path), file.bytes);
}

function orderOf(uris: { readonly mongodb: string; readonly postgres: string }): object {
  const expiresAt = '2026-11-22T08:30:00.000Z';
  return {
    v: 1,
    protocol: 1,
    runId: '2026-11-22',
    reportUrl: 'https://backup.example/report',
    deadline: expiresAt,
    zone: 'Europe/Lisbon',
    types: ['daily'],
    vault: { repository: 'rest:https://vault.example/company/', user: 'run', token: '-', expiresAt },
    resticPassword: PASSWORD,
    mongodb: { uri: uris.mongodb },
    postgres: { uri: uris.postgres },
    filer: {
      addresses: ['127.0.0.1:8888'],
      paths: [{ path: UPLOADS, sentinel: SENTINEL, minimumFiles: 3, minimumBytes: 100 }],
    },
    configuration: { 'stack.env': 'ROCKETCHAT_TAG=8.9.0\n' },
    firestoreBackup: { name: 'projects/p/locations/l/backups/b', snapshotTime: '2026-11-22T01:00:00.000Z' },
    acceptSmaller: false,
    work: { sampleShare: 0.5, drill: false, prune: false },
  };
}

/** A collection whose documents expire, with one that has: the server removes it when it next looks. */
export async function fillSessions(mongodb: MongoClient): Promise<void> {
  const sessions = mongodb.db('rocketchat').collection<{ _id: string; expireAt: Date }>('usersSessions');
  await sessions.createIndex({ expireAt: 1 }, { expireAfterSeconds: 0 });
  await sessions.insertMany([
    { _id: 'over', expireAt: new Date(1_760_000_000_000) },
    { _id: 'open', expireAt: new Date(4_000_000_000_000) },
  ]);
}

async function fillChat(mongodb: MongoClient): Promise<void> {
  const chat = mongodb.db('rocketchat');
  await chat.collection<{ _id: string; msg: string; ts: Date }>('rocketchat_message').insertMany(
    Array.from({ length: 250 }, (_, index) => ({
      _id: `message${index}`,
      msg: `The guest of room ${index} asks for towels.`,
      ts: new Date(1_760_000_000_000 + index * 60_000),
    })),
  );
  await chat.collection<{ _id: string; username: string }>('users').insertOne({ _id: 'frida', username: 'frida' });
  await chat.createCollection('rocketchat_uploads');
}

function fillFiler(filer: string): void {
  const write = (path: string, content: string | Buffer): void => {
    mkdirSync(dirname(join(filer, UPLOADS, path)), { recursive: true });
    writeFileSync(join(filer, UPLOADS, path), content);
    utimesSync(join(filer, UPLOADS, path), 1_760_000_000, 1_760_000_000);
  };
  write(SENTINEL, 'always here\n');
  for (let nr = 0; nr < 20; nr++)
    write(`2026/${nr % 3}/photo $${nr} [a].jpg`, Buffer.alloc(400 * nr + 1, `photo ${nr} `));
}
