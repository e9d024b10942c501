import { Binary } from 'bson';
import * as z from 'zod';
import { type BsonDocument, type BsonValue, encodeDocument } from '../bson/bson-document.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { BatchReader } from '../server/cursors.ts';
import type { Collection } from '../store/catalog.ts';
import type { OplogKind } from '../store/oplog.ts';
import { CommandError } from '../wire/command-error.ts';
import {
  type AnyCommand,
  collectionName,
  documentShape,
  flag,
  parseCommand,
  type Reply,
  type Request,
  reply,
  type Services,
} from './command.ts';
import { openCursorReply } from './cursor-reply.ts';

/** Collections and databases. */
export const catalogCommands: Readonly<Record<string, AnyCommand>> = {
  create: { access: 'write', run: create },
  collMod: { access: 'write', run: modify },
  drop: { access: 'write', run: drop },
  dropDatabase: { access: 'write', run: dropDatabase },
  renameCollection: { access: 'write', run: rename },
  listCollections: { access: 'read', run: listCollections },
  listDatabases: { access: 'read', run: listDatabases },
};

const OPTIONS = ['changeStreamPreAndPostImages'];

function optionsOf(body: BsonDocument): BsonDocument {
  return new Map([...body].filter(([key]) => OPTIONS.includes(key)));
}

function create({ db, body }: Request, { store }: Services): Reply {
  const command = parseCommand(z.object({ create: collectionName, capped: flag.optional() }), body);
  if (command.capped === true) throw new CommandError(2, 'the stand-in has no capped collections');
  store.catalog.create(db, command.create, optionsOf(body));
  return reply();
}

function modify({ db, body }: Request, { store }: Services): Reply {
  const collection = demand(store.catalog.find(db, parseCommand(z.object({ collMod: collectionName }), body).collMod));
  store.catalog.setOptions(collection, new Map([...collection.options, ...optionsOf(body)]));
  return reply();
}

function drop({ db, body }: Request, { store }: Services): Reply {
  const collection = store.catalog.find(db, parseCommand(z.object({ drop: collectionName }), body).drop);
  if (collection === undefined) return reply(); // since MongoDB 7 no error
  dropOne(collection, store);
  return reply(['nIndexesWas', 1], ['ns', collection.namespace]);
}

function dropOne(collection: Collection, store: Services['store']): void {
  store.catalog.drop(collection);
  log(collection, 'drop', store);
}

function log(
  { db, name, uuid }: Collection,
  kind: OplogKind,
  { oplog }: Services['store'],
  description?: BsonDocument,
): void {
  const described = description === undefined ? {} : { description: encodeDocument(description) };
  oplog.append({ kind, db, collection: name, uuid, ...described });
}

function dropDatabase({ db }: Request, { store }: Services): Reply {
  const collections = store.catalog.list(db);
  for (const collection of collections) dropOne(collection, store);
  if (collections.length > 0) store.oplog.append({ kind: 'dropDatabase', db, collection: '', uuid: null });
  return reply(['dropped', db]);
}

const Rename = z.object({ renameCollection: z.string(), to: z.string(), dropTarget: flag.default(false) });

function rename({ body }: Request, { store }: Services): Reply {
  const command = parseCommand(Rename, body);
  const [from, to] = [splitNamespace(command.renameCollection), splitNamespace(command.to)];
  const collection = demand(store.catalog.find(from.db, from.name));
  const target = store.catalog.find(to.db, to.name);
  if (target !== undefined && !command.dropTarget) throw new CommandError(48, 'target namespace exists');
  if (target !== undefined) dropOne(target, store);
  store.catalog.rename(collection, to.db, to.name);
  log(
    collection,
    'rename',
    store,
    new Map([
      ['db', to.db],
      ['coll', to.name],
    ]),
  );
  return reply();
}

function splitNamespace(namespace: string): { db: string; name: string } {
  const dot = namespace.indexOf('.');
  return { db: namespace.slice(0, dot), name: namespace.slice(dot + 1) };
}

const ListCollections = z.object({ filter: documentShape.optional(), nameOnly: flag.optional() });

function listCollections({ db, body }: Request, services: Services): Reply {
  const { filter, nameOnly } = parseCommand(ListCollections, body);
  const { matches } = compileFilter(filter ?? new Map());
  const found = services.store.catalog.list(db).map(collection => describe(collection, nameOnly === true));
  const documents = found.filter(matches).map(encodeDocument);
  const source = { kind: 'documents', batches: new BatchReader(Iterator.from(documents)) } as const;
  return openCursorReply(`${db}.$cmd.listCollections`, source, Number.POSITIVE_INFINITY, services);
}

function describe({ name, options, uuid }: Collection, isBrief: boolean): BsonDocument {
  const brief: BsonDocument = new Map([
    ['name', name],
    ['type', 'collection'],
  ]);
  if (isBrief) return brief;
  const details = new Map<string, BsonValue>([
    ['readOnly', false],
    ['uuid', new Binary(uuid, Binary.SUBTYPE_UUID)],
  ]);
  return brief.set('options', options).set('info', details);
}

function listDatabases(_: Request, { store }: Services): Reply {
  const names = new Set(store.catalog.list().map(({ db }) => db));
  const databases = Array.from(
    names,
    name =>
      new Map<string, BsonValue>([
        ['name', name],
        ['sizeOnDisk', 0n],
        ['empty', false],
      ]),
  );
  return reply(['databases', databases], ['totalSize', 0n]);
}

function demand(collection: Collection | undefined): Collection {
  if (collection === undefined) throw new CommandError(26, 'ns does not exist');
  return collection;
}
