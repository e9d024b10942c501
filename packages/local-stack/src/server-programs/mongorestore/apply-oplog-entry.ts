import type { Namespace } from '@innkeeper/backup-runner/proof-of-restore/mongodb/read-archive';
import type { Document, MongoClient } from 'mongodb';
import * as z from 'zod';
import type { BsonDocument, BsonValue } from '../../stand-ins/mongodb/bson/bson-document.ts';
import { decodeDocument } from '../../stand-ins/mongodb/bson/bson-document.ts';
import { removePath, writePath } from '../../stand-ins/mongodb/update/document-path.ts';

/**
 * One write of the oplog done again. Any number of times and on a document that is already further has the same result
 * in the end, as the server's own replay: a dump sees some of these writes already.
 */
const document = z.custom<BsonDocument>(value => value instanceof Map, 'must be a document');
const Entry = z.object({ op: z.enum(['i', 'u', 'd', 'c', 'n']), ns: z.string(), o: document, o2: document.optional() });

/** @throws Error for an entry this imitation cannot do, or the driver's errors. */
export async function applyOplogEntry(client: MongoClient, entry: BsonDocument): Promise<void> {
  const { op, ns, o, o2 } = Entry.parse(Object.fromEntries(entry));
  const dot = ns.indexOf('.');
  const namespace = { database: ns.slice(0, dot), collection: ns.slice(dot + 1) };
  const database = client.db(namespace.database);
  const { collection } = namespace;
  const put = (key: BsonValue, value: BsonDocument): Promise<Document> =>
    database.command({ update: collection, updates: [{ q: new Map([['_id', key]]), u: value, upsert: true }] });
  switch (op) {
    case 'i':
      await put(o.get('_id'), o);
      return;
    case 'd':
      await database.command({ delete: collection, deletes: [{ q: new Map([['_id', o.get('_id')]]), limit: 1 }] });
      return;
    case 'u': {
      const key = o2?.get('_id');
      if (!o.has('$v')) {
        await put(key, o);
        return;
      }
      const present = await readDocument(client, namespace, key);
      if (present === undefined) return; // Deleted by a later entry.
      await put(key, updated(present, o));
      return;
    }
    case 'c':
      await applyCommand(client, namespace.database, o);
      return;
    case 'n':
  }
}

async function readDocument(
  client: MongoClient,
  { database, collection }: Namespace,
  key: BsonValue,
): Promise<BsonDocument | undefined> {
  // The driver sends maps, though its types do not say so.
  const filter = new Map([['_id', key]]) as unknown as Document;
  const bytes: unknown = await client.db(database).collection(collection).findOne(filter, { raw: true });
  return bytes instanceof Uint8Array ? decodeDocument(bytes) : undefined;
}

function updated(present: BsonDocument, update: BsonDocument): BsonDocument {
  const next = new Map(present);
  const [set, unset] = [update.get('$set'), update.get('$unset')];
  if (update.get('$v') !== 1) throw new Error('an update of another version than 1');
  if (set instanceof Map) for (const [path, value] of set) writePath(next, path, value);
  if (unset instanceof Map) for (const path of unset.keys()) removePath(next, path);
  return next;
}

async function applyCommand(client: MongoClient, database: string, command: BsonDocument): Promise<void> {
  const [name] = command.keys();
  if (name !== 'drop' && name !== 'dropDatabase' && name !== 'renameCollection') {
    throw new Error(`the command ${String(name)}`);
  }
  const operand = command.get(name);
  const isMoved = name === 'renameCollection' && typeof operand === 'string' && !(await exists(client, operand));
  if (isMoved) return; // The dump found it under its new name already.
  const target = name === 'renameCollection' ? client.db('admin') : client.db(database);
  await target.command(Object.fromEntries(command));
}

function exists(client: MongoClient, namespace: string): Promise<boolean> {
  const dot = namespace.indexOf('.');
  return client
    .db(namespace.slice(0, dot))
    .listCollections({ name: namespace.slice(dot + 1) })
    .hasNext();
}
