import * as z from 'zod';
import { asNumber, type BsonDocument, type BsonValue, encodeDocument } from '../bson/bson-document.ts';
import { BatchReader } from '../server/cursors.ts';
import type { Collection } from '../store/catalog.ts';
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
 * refuse or remove documents is refused itself.
 */
export const indexCommands: Readonly<Record<string, AnyCommand>> = {
  createIndexes: { access: 'write', run: createIndexes },
  listIndexes: { access: 'read', run: listIndexes },
  dropIndexes: { access: 'write', run: dropIndexes },
};

const CreateIndexes = z.object({ createIndexes: collectionName, indexes: z.array(documentShape).min(1) });

function createIndexes({ db, body }: Request, { store }: Services): Reply {
  const command = parseCommand(CreateIndexes, body);
  const existed = store.catalog.find(db, command.createIndexes) !== undefined;
  const collection = store.catalog.obtain(db, command.createIndexes);
  const before = indexesOf(collection);
  for (const index of command.indexes) demandPlain(index);
  const names = new Set(before.map(index => index.get('name')));
  const added = command.indexes.filter(index => !names.has(index.get('name')));
  const indexes = [...before, ...added.map(index => new Map<string, BsonValue>([['v', 2], ...index]))];
  store.catalog.setOptions(collection, new Map(collection.options).set(INDEXES, indexes.slice(1)));
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
  store.catalog.setOptions(collection, new Map(collection.options).set(INDEXES, kept));
  return reply(['nIndexesWas', before.length]);
}

/** Among the options of a collection. */
const INDEXES = 'indexes';

function indexesOf({ options }: Collection): BsonDocument[] {
  const stored = options.get(INDEXES);
  const others = Array.isArray(stored) ? stored.filter(index => index instanceof Map) : [];
  return [
    new Map<string, BsonValue>([
      ['v', 2],
      ['key', new Map([['_id', 1]])],
      ['name', '_id_'],
    ]),
    ...others,
  ];
}

function demandPlain(index: BsonDocument): void {
  for (const option of ['unique', 'expireAfterSeconds']) {
    const value = index.get(option);
    const isSet = value === true || (option === 'expireAfterSeconds' && asNumber(value) !== undefined);
    if (isSet) throw new CommandError(67, `the stand-in has no indexes with '${option}'`);
  }
}
