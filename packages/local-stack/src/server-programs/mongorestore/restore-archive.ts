import {
  ArchiveError,
  type ArchivePart,
  isOplog,
  type Namespace,
  nameOf,
} from '@innkeeper/backup-runner/proof-of-restore/mongodb/read-archive';
import { EJSON } from 'bson';
import type { MongoClient } from 'mongodb';
import * as z from 'zod';
import { decodeDocument } from '../../stand-ins/mongodb/bson/bson-document.ts';
import { Crc64 } from '../mongo-archive/crc64.ts';
import { counted } from '../mongo-connection.ts';
import { applyOplogEntry } from './apply-oplog-entry.ts';

export interface RestoreOptions {
  readonly includes: (namespace: Namespace) => boolean;
  /** Under which name a collection is restored. */
  readonly rename: (namespace: Namespace) => Namespace;
  readonly replayOplog: boolean;
  readonly dropFirst: boolean;
  readonly stopOnError: boolean;
  /** Reads and checks everything and writes nothing. */
  readonly dryRun: boolean;
  readonly say: (sentence: string) => void;
}

export interface RestoreTotals {
  readonly restored: number;
  /** Refused by the server, as documents that are there already are. */
  readonly failed: number;
  readonly replayed: number;
}

/** A message of the wire protocol holds 48 MB; a command's own document, which carries these, 16 MB. */
const BATCH_BYTES_MAX = 8 * 1024 * 1024;
const BATCH_DOCUMENTS_MAX = 1_000;

const Metadata = z.object({
  options: z.record(z.string(), z.unknown()).default({}),
  indexes: z.array(z.record(z.string(), z.unknown())).default([]),
});
const InsertReply = z.object({ n: z.number(), writeErrors: z.array(z.unknown()).default([]) });

/** @throws ArchiveError for damaged archives, or the driver's errors. What was restored before stays. */
export async function restoreArchive(
  client: MongoClient,
  archive: AsyncIterable<ArchivePart>,
  options: RestoreOptions,
): Promise<RestoreTotals> {
  const totals = { restored: 0, failed: 0, replayed: 0 };
  const targets = new Map<string, RestoreTarget>();
  for await (const part of archive) {
    if (part.kind === 'header') continue;
    const { namespace } = part;
    if (!options.includes(namespace)) continue;
    if (part.kind === 'collection') {
      const target = new RestoreTarget(client, options.rename(part.namespace), part.metadata, options);
      targets.set(nameOf(namespace), target);
      if (!isOplog(namespace)) await target.create();
      continue;
    }
    const target = targets.get(nameOf(namespace));
    if (target === undefined) throw new ArchiveError(`${nameOf(namespace)} was not announced`);
    if (part.kind === 'document' && isOplog(namespace)) {
      target.checksum.update(part.bytes);
      if (!options.replayOplog) continue;
      totals.replayed += 1;
      if (!options.dryRun) await applyOplogEntry(client, decodeDocument(part.bytes));
    } else if (part.kind === 'document') {
      await target.add(part.bytes);
    } else {
      await target.finish(part.crc);
      if (isOplog(namespace)) continue;
      totals.restored += target.restored;
      totals.failed += target.failed;
    }
  }
  return totals;
}

class RestoreTarget {
  readonly checksum = new Crc64();
  restored = 0;
  failed = 0;
  readonly #client: MongoClient;
  readonly #namespace: Namespace;
  readonly #metadata: z.infer<typeof Metadata>;
  readonly #options: RestoreOptions;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;

  constructor(client: MongoClient, namespace: Namespace, metadata: string, options: RestoreOptions) {
    this.#client = client;
    this.#namespace = namespace;
    this.#metadata = Metadata.parse(metadata === '' ? {} : EJSON.parse(metadata));
    this.#options = options;
  }

  async create(): Promise<void> {
    if (this.#options.dryRun) return;
    const { database, collection } = this.#namespace;
    const db = this.#client.db(database);
    if (this.#options.dropFirst) await db.dropCollection(collection);
    const isThere = await db.listCollections({ name: collection }).hasNext();
    if (!isThere) await db.createCollection(collection, this.#metadata.options);
  }

  async add(document: Uint8Array): Promise<void> {
    this.checksum.update(document);
    this.#waiting.push(document);
    this.#waitingBytes += document.length;
    if (this.#waiting.length >= BATCH_DOCUMENTS_MAX || this.#waitingBytes >= BATCH_BYTES_MAX) await this.#flush();
  }

  async finish(crc: bigint): Promise<void> {
    if (this.checksum.digest() !== crc) throw new ArchiveError(`the checksum of ${nameOf(this.#namespace)} is wrong`);
    if (isOplog(this.#namespace)) return;
    await this.#flush();
    const { database, collection } = this.#namespace;
    const indexes = this.#metadata.indexes.filter(index => index['name'] !== '_id_');
    if (indexes.length > 0 && !this.#options.dryRun) {
      await this.#client.db(database).command({ createIndexes: collection, indexes });
    }
    const count = `${counted(this.restored, 'document', 'documents')}, ${counted(this.failed, 'failure', 'failures')}`;
    this.#options.say(`finished restoring ${nameOf(this.#namespace)} (${count})`);
  }

  async #flush(): Promise<void> {
    // As maps, which keep the order of their fields and the types of their values.
    const documents = this.#waiting.map(bytes => decodeDocument(bytes));
    this.#waiting = [];
    this.#waitingBytes = 0;
    if (documents.length === 0) return;
    if (this.#options.dryRun) {
      this.restored += documents.length;
      return;
    }
    const { database, collection } = this.#namespace;
    const reply = InsertReply.parse(
      await this.#client.db(database).command({ insert: collection, ordered: false, documents }),
    );
    this.restored += reply.n;
    this.failed += reply.writeErrors.length;
    if (this.failed > 0 && this.#options.stopOnError) throw new Error(`${nameOf(this.#namespace)} refused documents`);
  }
}
