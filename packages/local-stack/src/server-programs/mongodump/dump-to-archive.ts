import { type Namespace, nameOf, OPLOG } from '@innkeeper/backup-runner/proof-of-restore/mongodb/read-archive';
import { EJSON } from 'bson';
import type { MongoClient } from 'mongodb';
import * as z from 'zod';
import { ArchiveWriter } from '../mongo-archive/write-archive.ts';
import { counted } from '../mongo-connection.ts';
import { captureWrites } from './capture-writes.ts';

export interface DumpOptions {
  readonly withOplog: boolean;
  /** Collections at a time. */
  readonly parallel: number;
  readonly write: (bytes: Uint8Array) => Promise<void>;
  readonly say: (sentence: string) => void;
}

interface SourceCollection {
  readonly namespace: Namespace;
  readonly metadata: string;
}

/** As the tools leave it out of every dump. */
const OWN_DATABASE = 'local';
const BATCH_DOCUMENTS = 500; // small enough that several collections take turns
const TOOL_VERSION = 'stand-in';

const Hello = z.object({ setName: z.string().optional() });
const CollectionEntry = z.object({
  name: z.string(),
  type: z.string().default('collection'),
  options: z.record(z.string(), z.unknown()).default({}),
});

/**
 * Every collection of the server as one archive, several at a time, and the writes that happened meanwhile: the
 * archive with these replayed is the server at the end of the dump. Resolves with how many writes that were,
 * `undefined` without the oplog. @throws the driver's errors, also for a server that dies midway.
 */
export async function dumpToArchive(client: MongoClient, options: DumpOptions): Promise<number | undefined> {
  const hello = Hello.parse(await client.db('admin').command({ hello: 1 }));
  if (options.withOplog && hello.setName === undefined) {
    throw new Error('error getting oplog start: not a replica set member, --oplog has nothing to read');
  }
  const capture = options.withOplog ? await captureWrites(client) : undefined;
  const collections = await listCollections(client);
  const { version } = z.object({ version: z.string() }).parse(await client.db('admin').command({ buildInfo: 1 }));
  const writer = new ArchiveWriter(options.write);
  await writer.begin({
    concurrentCollections: options.parallel,
    serverVersion: version,
    toolVersion: TOOL_VERSION,
    collections: [...collections, ...(capture === undefined ? [] : [{ namespace: OPLOG, metadata: '' }])],
  });
  const waiting = collections.values();
  const worker = async (): Promise<void> => {
    for (const { namespace } of waiting) await dumpCollection(client, namespace, writer, options);
  };
  await Promise.all(Array.from({ length: options.parallel }, worker));
  if (capture === undefined) return undefined;
  options.say('writing captured oplog to ');
  const entries = await capture.untilNow();
  for (const entry of entries) await writer.add(OPLOG, [entry]);
  await writer.end(OPLOG);
  return entries.length;
}

async function dumpCollection(
  client: MongoClient,
  namespace: Namespace,
  writer: ArchiveWriter,
  { say }: DumpOptions,
): Promise<void> {
  say(`writing ${nameOf(namespace)} to archive on stdout`);
  const cursor = client
    .db(namespace.database)
    .collection(namespace.collection)
    .find({}, { raw: true, batchSize: BATCH_DOCUMENTS });
  let count = 0;
  while (await cursor.hasNext()) {
    // The driver's types do not know that raw documents are bytes.
    const documents = cursor.readBufferedDocuments() as unknown as Uint8Array[];
    await writer.add(namespace, documents);
    count += documents.length;
  }
  await writer.end(namespace);
  say(`done dumping ${nameOf(namespace)} (${counted(count, 'document', 'documents')})`);
}

async function listCollections(client: MongoClient): Promise<SourceCollection[]> {
  const { databases } = await client.db('admin').admin().listDatabases({ nameOnly: true });
  const found: SourceCollection[] = [];
  for (const { name: database } of databases) {
    if (database === OWN_DATABASE) continue;
    for await (const entry of client.db(database).listCollections()) {
      const { name: collection, type, options } = CollectionEntry.parse(entry);
      if (type !== 'collection' || collection.startsWith('system.')) continue;
      const indexes = await client.db(database).collection(collection).indexes();
      const metadata = EJSON.stringify({ options, indexes, collectionName: collection, type }, { relaxed: false });
      found.push({ namespace: { database, collection }, metadata });
    }
  }
  return found;
}
