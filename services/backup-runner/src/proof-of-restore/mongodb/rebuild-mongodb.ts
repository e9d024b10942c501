import { createReadStream } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { MongoClient } from 'mongodb';
import type { RunContext, StepFailure, StepResult } from '../../run/step.ts';
import { countedDocuments, MONGODB_FILE } from '../../sources/mongodb.ts';
import { restoreDump } from '../restore-dump.ts';
import { compareDatabase, type RebuiltDatabase } from './compare-database.ts';
import { type ExpectedDatabase, isCompanys, readExpected } from './expected-database.ts';
import { rawDocuments } from './raw-documents.ts';
import { ArchiveError, nameOf } from './read-archive.ts';

/**
 * The chat's database rebuilt from its snapshot in a `mongod` that lives for these minutes, and compared. What it
 * proves: the archive in the vault is, byte for byte, what `mongodump` wrote; it holds as many documents as
 * `mongodump` said; the restored database holds every document of it, bit by bit, that was not written to during the
 * dump; of the others the last write is there (all of it, where the oplog says all of it). It does not prove that
 * `mongodump` read everything the server had, nor anything of the databases `admin` and `config`.
 */
export async function rebuildMongodb(context: RunContext, snapshotId: string): StepResult<RebuiltDatabase> {
  const directory = join(context.workDirectory, 'drill-mongodb');
  await mkdir(join(directory, 'data'), { recursive: true });
  try {
    const archive = join(directory, 'mongodb.archive');
    const restored = await restoreDump(context, {
      source: 'mongodb',
      snapshotId,
      fileName: MONGODB_FILE,
      into: archive,
    });
    if (!restored.ok) return restored;
    const expected = await readArchiveFile(archive);
    if (!expected.ok) return expected;
    const said = countedDocuments(restored.value.lines).filter(({ namespace }) => isCompanys(namespace));
    const isWhole = said.every(({ namespace, count }) => expected.value.dumped.get(nameOf(namespace)) === count);
    if (!isWhole) return err(differs('The archive holds other numbers of documents than mongodump said.'));
    return await rebuild(context, { directory, archive, expected: expected.value });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

interface Rebuild {
  readonly directory: string;
  readonly archive: string;
  readonly expected: ExpectedDatabase;
}

/** More is taken from what mongorestore needs; less slows it down. */
const CACHE_GB = '0.5';
const READY_MS_MAX = 60_000; // an empty mongod is ready in some seconds

async function rebuild(context: RunContext, { directory, archive, expected }: Rebuild): StepResult<RebuiltDatabase> {
  const port = await freePort();
  const uri = `mongodb://127.0.0.1:${port}/?directConnection=true`;
  const server = context.programs.start({
    program: 'mongod',
    args: [
      `--dbpath=${join(directory, 'data')}`,
      `--port=${port}`,
      '--bind_ip=127.0.0.1',
      '--nounixsocket',
      '--quiet',
      `--wiredTigerCacheSizeGB=${CACHE_GB}`,
      // What has expired since the dump would go again as soon as its index is there, and count as not restored.
      '--setParameter=ttlMonitorEnabled=false',
    ],
    signal: context.signal,
  });
  const client = new MongoClient(uri, { serverSelectionTimeoutMS: READY_MS_MAX });
  try {
    const gone = server.ended.then(({ missing }) =>
      err(missing ? missingProgram('mongod') : failed('The throw-away mongod ended by itself.')),
    );
    const ready = client.connect().then(
      () => ok(undefined),
      () => err(failed('The throw-away mongod cannot be reached.')),
    );
    const reached = await Promise.race([ready, gone]);
    if (!reached.ok) return reached;
    const end = await context.programs.run({
      program: 'mongorestore',
      args: [`--uri=${uri}`, `--archive=${archive}`, '--oplogReplay', '--stopOnError'],
      signal: context.signal,
    });
    if (end.missing) return err(missingProgram('mongorestore'));
    if (end.code !== 0) return err(failed(`mongorestore ended with ${end.code ?? end.signal ?? 'a signal'}.`));
    const compared = await compareDatabase(rawDocuments(client), expected.collections);
    if (compared.ok) return compared;
    return err(
      differs(`${compared.error.collections} collections of the rebuilt database are not as they were dumped.`),
    );
  } finally {
    await client.close();
    await server.stop();
  }
}

async function readArchiveFile(archive: string): Promise<Result<ExpectedDatabase, StepFailure>> {
  try {
    return ok(await readExpected(() => createReadStream(archive)));
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return err(failed(`The archive cannot be read: ${error.message}.`));
  }
}

/** Free a moment ago: nothing else starts servers here. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

const failed = (detail: string): StepFailure => ({ reason: 'restore_failed', detail });
const differs = (detail: string): StepFailure => ({ reason: 'restore_differs', detail });
const missingProgram = (program: string): StepFailure => ({
  reason: 'program_missing',
  detail: `${program} is not on this server.`,
});
