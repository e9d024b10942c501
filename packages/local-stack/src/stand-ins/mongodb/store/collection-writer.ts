import { BSONRegExp, calculateObjectSize, ObjectId } from 'bson';
import {
  type BsonDocument,
  type BsonValue,
  decodeDocument,
  decodeFields,
  encodeDocument,
  isIdentical,
} from '../bson/bson-document.ts';
import { describeUpdate, documentFromFilter, type Update } from '../update/apply-update.ts';
import { describeDifference } from '../update/describe-difference.ts';
import type { UpdateTime } from '../update/update-operators.ts';
import { CommandError } from '../wire/command-error.ts';
import type { Catalog, Collection } from './catalog.ts';
import { toTimestamp } from './cluster-time.ts';
import { type DocumentStore, type Query, readStored, type Stored } from './document-store.ts';
import type { Oplog } from './oplog.ts';

/** Changes documents and logs every change; within a transaction of the caller. */
export interface CollectionWriter {
  /** @throws CommandError 11000 where the `_id` is taken. */
  insert(db: string, name: string, body: Uint8Array): void;
  /** The first match, or all of them. @throws CommandError. */
  update(db: string, name: string, statement: UpdateStatement): UpdateResult;
  remove(db: string, name: string, query: Query, isMulti: boolean): { removed: number; last: BsonDocument | undefined };
}

export interface UpdateStatement {
  readonly query: Query;
  readonly update: Update;
  readonly isMulti: boolean;
  readonly isUpsert: boolean;
}

export interface UpdateResult {
  readonly matched: number;
  readonly modified: number;
  readonly upsertedId?: BsonValue;
  /** Of the last document changed or made. */
  readonly before?: BsonDocument;
  readonly after?: BsonDocument;
}

export const DOCUMENT_BYTES_MAX = 16 * 1024 * 1024;
const ID_FIELD: ReadonlySet<string> = new Set(['_id']);

export interface WriterParts {
  readonly catalog: Catalog;
  readonly documents: DocumentStore;
  readonly oplog: Oplog;
  readonly now: () => number;
}

export function collectionWriter({ catalog, documents, oplog, now }: WriterParts): CollectionWriter {
  const log = (collection: Collection, entry: Logged): void => {
    const { db, name, uuid } = collection;
    oplog.append({ db, collection: name, uuid, ...entry });
  };

  const insertInto = (collection: Collection, given: Uint8Array): void => {
    const body = withIdFirst(given);
    if (body.length > DOCUMENT_BYTES_MAX) throw tooLarge(body.length);
    const documentKey = keyOf(body);
    demandValidId(documentKey.get('_id'));
    if (!documents.insert(collection, body)) throw duplicateKey(collection, documentKey);
    log(collection, { kind: 'insert', documentKey: encodeDocument(documentKey), document: body });
  };

  const updateTime = (): UpdateTime => ({ date: new Date(now()), timestamp: toTimestamp(oplog.last() + 1) });

  const change = (
    collection: Collection,
    stored: Stored,
    update: Update,
  ): { isModified: boolean; before: BsonDocument; after: BsonDocument } => {
    const before = readStored(stored);
    const { document: after, touched } = update.apply(readStored(stored), { now: updateTime(), isInsert: false });
    const isReplace = update.kind === 'replace';
    const description = {
      replace: () => undefined,
      operators: () => describeUpdate(before, after, touched),
      pipeline: () => describeDifference(before, after),
    }[update.kind]();
    if (isReplace ? isIdentical(before, after) : description === undefined) return { isModified: false, before, after };
    const body = encodeStored(after);
    documents.replace(collection, stored.place, body);
    const keepsImages = hasImages(collection);
    log(collection, {
      kind: isReplace ? 'replace' : 'update',
      documentKey: encodeDocument(keyOf(stored.body)),
      document: isReplace || keepsImages ? body : undefined,
      before: keepsImages ? stored.body : undefined,
      ...(description === undefined ? {} : { description: encodeDocument(description) }),
    });
    return { isModified: true, before, after };
  };

  const upsert = (db: string, name: string, { query, update }: UpdateStatement): UpdateResult => {
    const start = documentFromFilter(query.filter);
    const { document } = update.apply(start, { now: updateTime(), isInsert: true });
    if (!document.has('_id')) document.set('_id', new ObjectId());
    const body = withIdFirst(encodeStored(document));
    insertInto(catalog.obtain(db, name), body);
    return { matched: 0, modified: 0, upsertedId: document.get('_id'), after: decodeDocument(body) };
  };

  return {
    insert: (db, name, body) => insertInto(catalog.obtain(db, name), body),
    update(db, name, statement) {
      const collection = catalog.find(db, name);
      const found = collection === undefined ? [] : places(documents, collection, statement.query, statement.isMulti);
      if (collection === undefined || found.length === 0) {
        return statement.isUpsert ? upsert(db, name, statement) : { matched: 0, modified: 0 };
      }
      let result: UpdateResult = { matched: 0, modified: 0 };
      for (const place of found) {
        const stored = documents.at(collection, place);
        if (stored === undefined) continue;
        const { isModified, before, after } = change(collection, stored, statement.update);
        result = { matched: result.matched + 1, modified: result.modified + (isModified ? 1 : 0), before, after };
      }
      return result;
    },
    remove(db, name, query, isMulti) {
      const collection = catalog.find(db, name);
      if (collection === undefined) return { removed: 0, last: undefined };
      const found = places(documents, collection, query, isMulti);
      let last: Stored | undefined;
      for (const place of found) {
        const stored = documents.at(collection, place);
        if (stored === undefined) continue;
        documents.remove(collection, place);
        log(collection, {
          kind: 'delete',
          documentKey: encodeDocument(keyOf(stored.body)),
          before: hasImages(collection) ? stored.body : undefined,
        });
        last = stored;
      }
      return { removed: found.length, last: last === undefined ? undefined : readStored(last) };
    },
  };
}

type Logged = Omit<Parameters<Oplog['append']>[0], 'db' | 'collection' | 'uuid'>;

/** Found before the first is changed: a change must not bring a document before the scan again. */
function places(documents: DocumentStore, collection: Collection, query: Query, isMulti: boolean): number[] {
  const found: number[] = [];
  const scan = documents.scan(collection, query);
  for (let next = scan.next(); next.value !== undefined; next = scan.next()) {
    found.push(next.value.place);
    if (!isMulti) break;
  }
  return found;
}

function keyOf(body: Uint8Array): BsonDocument {
  return decodeFields(body, ID_FIELD);
}

function hasImages({ options }: Collection): boolean {
  const images = options.get('changeStreamPreAndPostImages');
  return images instanceof Map && images.get('enabled') === true;
}

/** `_id` leads every stored document and is made where it is missing. */
function withIdFirst(body: Uint8Array): Uint8Array {
  const isFirst = body[5] === 0x5f && body[6] === 0x69 && body[7] === 0x64 && body[8] === 0;
  if (isFirst) return body;
  const document = decodeDocument(body);
  const id = document.get('_id') ?? new ObjectId();
  document.delete('_id');
  return encodeDocument(new Map<string, BsonValue>([['_id', id], ...document]));
}

/** @throws CommandError for a document that is too large. */
function encodeStored(document: BsonDocument): Buffer {
  const bytes = calculateObjectSize(document, { ignoreUndefined: false }); // the library cannot encode much more
  if (bytes > DOCUMENT_BYTES_MAX) throw tooLarge(bytes);
  return encodeDocument(document);
}

function demandValidId(id: BsonValue): void {
  const kind = Array.isArray(id)
    ? 'array'
    : id instanceof BSONRegExp
      ? 'regex'
      : id === undefined
        ? 'undefined'
        : undefined;
  if (kind === undefined) return;
  throw new CommandError(53, `The '_id' value cannot be of type ${kind}`, { codeName: 'InvalidIdField' });
}

function duplicateKey({ namespace }: Collection, documentKey: BsonDocument): CommandError {
  return new CommandError(11_000, `E11000 duplicate key error collection: ${namespace} index: _id_ dup key`, {
    fields: new Map<string, BsonValue>([
      ['keyPattern', new Map([['_id', 1]])],
      ['keyValue', documentKey],
    ]),
  });
}

function tooLarge(bytes: number): CommandError {
  return new CommandError(
    10_334,
    `BSONObj size: ${bytes} is invalid. Size must be between 0 and ${DOCUMENT_BYTES_MAX}`,
  );
}
