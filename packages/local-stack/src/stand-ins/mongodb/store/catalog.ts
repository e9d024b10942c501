import { randomUUID } from 'node:crypto';
import { type BsonDocument, decodeDocument, encodeDocument } from '../bson/bson-document.ts';
import { CommandError } from '../wire/command-error.ts';
import type { Database } from './database.ts';
import { DOCUMENT_COLUMNS, documentIndexes } from './document-table.ts';

/** Which collections there are. A collection keeps its documents and its identity when it is renamed. */
export interface Collection {
  readonly db: string;
  readonly name: string;
  /** `db.name`. */
  readonly namespace: string;
  /** 16 bytes. */
  readonly uuid: Uint8Array;
  /** Its documents' table. */
  readonly table: string;
  /** As given to `create` and `collMod`. */
  readonly options: BsonDocument;
  /** Indexed fields that hold an array in some document: their order in the index means nothing then. */
  readonly arrayFields: ReadonlySet<string>;
}

export interface Catalog {
  find(db: string, name: string): Collection | undefined;
  findByUuid(uuid: Uint8Array): Collection | undefined;
  /** The collection, created first if need be. Within a transaction, as all that follows. */
  obtain(db: string, name: string): Collection;
  create(db: string, name: string, options: BsonDocument): Collection;
  drop(collection: Collection): void;
  rename(collection: Collection, db: string, name: string): void;
  setOptions(collection: Collection, options: BsonDocument): void;
  addArrayField(collection: Collection, field: string): Collection;
  list(db?: string): Collection[];
  /** Reads all anew, after a transaction that was rolled back. */
  reload(): void;
}

const SCHEMA = `
  CREATE TABLE IF NOT EXISTS collections (
    ordinal INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT NOT NULL, name TEXT NOT NULL, uuid BLOB NOT NULL,
    options BLOB NOT NULL, array_fields TEXT NOT NULL, UNIQUE (db, name)
  ) STRICT;
`;

const NAME_BYTES_MAX = 255; // of the namespace, as the server limits it

export function openCatalog(database: Database): Catalog {
  database.execute(SCHEMA);
  const collections = new Map<string, Collection>();
  const readAll = database.prepare('SELECT * FROM collections ORDER BY ordinal');
  const insert = database.prepare(
    `INSERT INTO collections (db, name, uuid, options, array_fields) VALUES (?, ?, ?, ?, '[]') RETURNING *`,
  );
  const update = database.prepare(
    'UPDATE collections SET db = ?, name = ?, options = ?, array_fields = ? WHERE uuid = ?',
  );
  const remove = database.prepare('DELETE FROM collections WHERE uuid = ?');

  const reload = (): void => {
    collections.clear();
    for (const row of readAll.all()) {
      const collection = toCollection(row);
      collections.set(collection.namespace, collection);
    }
  };
  const replace = (old: Collection, next: Collection): Collection => {
    update.run(next.db, next.name, encodeDocument(next.options), JSON.stringify([...next.arrayFields]), next.uuid);
    collections.delete(old.namespace);
    collections.set(next.namespace, next);
    return next;
  };
  const create = (db: string, name: string, options: BsonDocument): Collection => {
    checkName(db, name);
    if (collections.has(`${db}.${name}`)) {
      throw new CommandError(48, `Collection ${db}.${name} already exists.`);
    }
    const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
    const row = insert.get(db, name, uuid, encodeDocument(options));
    if (row === undefined) throw new Error('SQLite returned no row for a new collection');
    const collection = toCollection(row);
    database.execute(
      `CREATE TABLE ${collection.table} (${DOCUMENT_COLUMNS}) STRICT; ${documentIndexes(collection.table)}`,
    );
    collections.set(collection.namespace, collection);
    return collection;
  };

  reload();
  return {
    find: (db, name) => collections.get(`${db}.${name}`),
    findByUuid: uuid => [...collections.values()].find(collection => Buffer.compare(collection.uuid, uuid) === 0),
    obtain: (db, name) => collections.get(`${db}.${name}`) ?? create(db, name, new Map()),
    create,
    drop(collection) {
      remove.run(collection.uuid);
      database.execute(`DROP TABLE ${collection.table}`);
      collections.delete(collection.namespace);
    },
    rename(collection, db, name) {
      checkName(db, name);
      replace(collection, { ...collection, db, name, namespace: `${db}.${name}` });
    },
    setOptions: (collection, options) => void replace(collection, { ...collection, options }),
    addArrayField: (collection, field) =>
      replace(collection, { ...collection, arrayFields: new Set([...collection.arrayFields, field]) }),
    list: db => [...collections.values()].filter(collection => db === undefined || collection.db === db),
    reload,
  };
}

function checkName(db: string, name: string): void {
  const isWrong = name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.') || db === '';
  if (isWrong || Buffer.byteLength(`${db}.${name}`) > NAME_BYTES_MAX) {
    throw new CommandError(73, `Invalid namespace specified '${db}.${name}'`);
  }
}

function toCollection(row: Record<string, unknown>): Collection {
  const [db, name] = [String(row['db']), String(row['name'])];
  return {
    db,
    name,
    namespace: `${db}.${name}`,
    uuid: row['uuid'] as Uint8Array,
    table: `documents_${Number(row['ordinal'])}`,
    options: decodeDocument(row['options'] as Uint8Array),
    arrayFields: new Set(JSON.parse(String(row['array_fields'])) as string[]),
  };
}
