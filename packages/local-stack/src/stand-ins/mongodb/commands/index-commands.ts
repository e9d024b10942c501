import * as z from 'zod';
import { type BsonDocument, type BsonValue, encodeDocument } from '../bson/bson-document.ts';
import { BatchReader } from '../server/cursors.ts';
import { expiryOf, indexesOf, withIndexes } from '../store/collection-indexes.ts';
import { CommandError } from '../wire/command-error.ts';
import {
  type AnyCommand,
  collectionName,
  documentShape,
  parseCommand,
  type Reply,
  type Request,
  reply,
  type Services,
} from './command.ts';
import { openCursorReply } from './cursor-reply.ts';

/**
 * Indexes are only remembered: which fields are fast is decided by the table of documents. One that would have to
 * refuse documents is refused itself; one by which they expire begins to remove them when it is made, as the server's.
 */
export const indexCommands: Readonly<Record<string, AnyCommand>> = {
  createIndexes: { access: 'write', run: createIndexes },
  listIndexes: { access: 'read', run: listIndexes },
  dropIndexes: { access: 'write', run: dropIndexes },
};

const CreateIndexes = z.object({ createIndexes: collectionName, indexes: z.array(documentShape).min(1) });

function createIndexes({ db, body }: Request, { store, expiry }: Services): Reply {
  const command = parseCommand(CreateIndexes, body);
  const existed = store.catalog.find(db, command.createIndexes) !== undefined;
  const collection = store.catalog.obtain(db, command.createIndexes);
  const before = indexesOf(collection);
  for (const index of command.indexes) demandPlain(index);
  const names = new Set(before.map(index => index.get('name')));
  const added = command.indexes.filter(index => !names.has(index.get('name')));
  const indexes = [...before, ...added.map(index => new Map<string, BsonValue>([['v', 2], ...index]))];
  store.catalog.setOptions(collection, withIndexes(collection, indexes.slice(1)));
  expiry.removeFrom(store.catalog.obtain(db, command.createIndexes));
  return reply(
    ['numIndexesBefore', before.length],
    ['numIndexesAfter', indexes.length],
    ['createdCollectionAutomatically', !existed],
  );
}

function listIndexes({ db, body }: Request, services: Services): Reply {
  const name = parseCommand(z.object({ listIndexes: collectionName }), body).listIndexes;
  const collection = services.store.catalog.find(db, name);
  if (collection === undefined) throw new CommandError(26, `ns does not exist: ${db}.${name}`);
  const documents = indexesOf(collection).map(encodeDocument);
  const source = { kind: 'documents', batches: new BatchReader(Iterator.from(documents)) } as const;
  return openCursorReply(collection.namespace, source, Number.POSITIVE_INFINITY, services);
}

function dropIndexes({ db, body }: Request, { store }: Services): Reply {
  const shape = z.object({ dropIndexes: collectionName, index: z.string() });
  const command = parseCommand(shape, body);
  const collection = store.catalog.find(db, command.dropIndexes);
  if (collection === undefined) throw new CommandError(26, 'ns not found');
  const before = indexesOf(collection);
  const kept = before.slice(1).filter(index => command.index !== '*' && index.get('name') !== command.index);
  if (command.index !== '*' && kept.length === before.length - 1) {
    throw new CommandError(27, `index not found with name [${command.index}]`, { codeName: 'IndexNotFound' });
  }
  store.catalog.setOptions(collection, withIndexes(collection, kept));
  return reply(['nIndexesWas', before.length]);
}

function demandPlain(index: BsonDocument): void {
  if (index.get('unique') === true) throw new CommandError(67, "the stand-in has no indexes with 'unique'");
  const { seconds } = expiryOf(index) ?? {};
  if (seconds === undefined) return;
  const key = index.get('key');
  const isSingle = key instanceof Map && key.size === 1 && !key.has('_id');
  if (!isSingle) throw new CommandError(67, 'TTL indexes are single-field indexes, and not of _id');
  if (seconds < 0) throw new CommandError(67, 'TTL index expireAfterSeconds cannot be less than 0');
  if (index.has('partialFilterExpression'))
    throw new CommandError(67, 'the stand-in has no TTL indexes of a part of a collection');
}
