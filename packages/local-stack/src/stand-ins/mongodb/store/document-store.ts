import type { BsonDocument } from '../bson/bson-document.ts';
import { decodeDocument, decodeFields } from '../bson/bson-document.ts';
import { orderKey } from '../bson/order-key.ts';
import { compileFilter } from '../query/compile-filter.ts';
import { compareSortKeys, type SortField, sortKey } from '../query/compile-sort.ts';
import { type AccessPath, chooseAccessPath } from './access-path.ts';
import type { Catalog, Collection } from './catalog.ts';
import type { Database, SqlValue } from './database.ts';
import { documentKeys } from './document-table.ts';

/** A document as it is stored. */
export interface Stored {
  /** Its row; stays the same while the document lives. */
  readonly place: number;
  /** BSON. */
  readonly body: Uint8Array;
}

export interface Query {
  readonly filter: BsonDocument;
  readonly sort: readonly SortField[];
}

export interface DocumentStore {
  /** One after the other, read in pages: other commands may write in between, as on the real server. */
  scan(collection: Collection, query: Query): Iterator<Stored, undefined>;
  get(collection: Collection, id: BsonDocument): Uint8Array | undefined;
  at(collection: Collection, place: number): Stored | undefined;
  /** False where the `_id` is taken. Within a transaction, as the other writes. */
  insert(collection: Collection, body: Uint8Array): boolean;
  replace(collection: Collection, place: number, body: Uint8Array): void;
  remove(collection: Collection, place: number): void;
  count(collection: Collection): number;
}

/** A page ends with either. */
const PAGE_ROWS_MAX = 256;
const PAGE_BYTES_MAX = 1024 * 1024;

export function openDocumentStore(database: Database, catalog: Catalog): DocumentStore {
  const noteArrays = (collection: Collection, fields: readonly string[]): void => {
    for (const field of fields) {
      const current = catalog.find(collection.db, collection.name) ?? collection;
      if (!current.arrayFields.has(field)) catalog.addArrayField(current, field);
    }
  };

  const bodyAt = (collection: Collection, place: number): Stored | undefined => {
    const row = database.prepare(`SELECT body FROM ${collection.table} WHERE place = ?`).get(place);
    return row === undefined ? undefined : { place, body: row['body'] as Uint8Array };
  };

  /** Rows after a position, in the order of the path. */
  const readPage = (collection: Collection, path: AccessPath, after: readonly SqlValue[] | undefined): Row[] => {
    const columns = path.columns.join(', ');
    const beyond =
      after === undefined
        ? []
        : [`(${columns}) ${path.direction === 'ASC' ? '>' : '<'} (${after.map(() => '?').join(', ')})`];
    const where = [...path.conditions.map(condition => condition.sql), ...beyond].join(' AND ');
    const sql = [
      `SELECT place AS "row", body, ${columns} FROM ${collection.table}`,
      path.index === undefined ? '' : `INDEXED BY ${collection.table}_${path.index}`,
      where === '' ? '' : `WHERE ${where}`,
      `ORDER BY ${path.columns.map(column => `${column} ${path.direction}`).join(', ')} LIMIT ${PAGE_ROWS_MAX}`,
    ].join(' ');
    const values = [...path.conditions.flatMap(condition => condition.values), ...(after ?? [])];
    const rows: Row[] = [];
    let bytes = 0;
    for (const row of database.prepare(sql).iterate(...values)) {
      const body = row['body'] as Uint8Array;
      rows.push({ place: Number(row['row']), body, position: path.columns.map(column => row[column] as SqlValue) });
      bytes += body.length;
      if (bytes > PAGE_BYTES_MAX) break;
    }
    return rows;
  };

  function* walk(collection: Collection, { filter, sort }: Query): Generator<Stored, undefined> {
    const path = chooseAccessPath(collection, filter, sort);
    const { matches, fields } = compileFilter(filter);
    let after: readonly SqlValue[] | undefined;
    for (;;) {
      const isGone = catalog.findByUuid(collection.uuid) === undefined;
      const rows = isGone ? [] : readPage(collection, path, after);
      if (rows.length === 0) return undefined;
      for (const row of rows) {
        after = row.position;
        if (filter.size === 0 || matches(decodeFields(row.body, fields))) yield row;
      }
    }
  }

  /** Only keys and places are held, never the documents. */
  function* walkSorted(collection: Collection, query: Query): Generator<Stored, undefined> {
    const top = new Set(query.sort.map(({ path }) => path.split('.')[0] ?? path));
    const found = Array.from(walk(collection, { filter: query.filter, sort: [] }), ({ place, body }) => ({
      place,
      key: sortKey(decodeFields(body, top), query.sort),
    }));
    found.sort((left, right) => compareSortKeys(left.key, right.key, query.sort) || left.place - right.place);
    for (const { place } of found) {
      const stored = catalog.findByUuid(collection.uuid) === undefined ? undefined : bodyAt(collection, place);
      if (stored !== undefined) yield stored;
    }
    return undefined;
  }

  return {
    scan: (collection, query) =>
      chooseAccessPath(collection, query.filter, query.sort).isSorted
        ? walk(collection, query)
        : walkSorted(collection, query),
    get(collection, documentKey) {
      const row = database
        .prepare(`SELECT body FROM ${collection.table} WHERE id = ?`)
        .get(orderKey(documentKey.get('_id')));
      return row === undefined ? undefined : (row['body'] as Uint8Array);
    },
    at: bodyAt,
    insert(collection, body) {
      const { id, updatedAt, ts, rid, arrayFields } = documentKeys(body);
      noteArrays(collection, arrayFields);
      const sql = `INSERT OR IGNORE INTO ${collection.table} (id, updated_at, ts, rid, body) VALUES (?, ?, ?, ?, ?)`;
      return database.prepare(sql).run(id, updatedAt, ts, rid, body).changes === 1;
    },
    replace(collection, place, body) {
      const { updatedAt, ts, rid, arrayFields } = documentKeys(body);
      noteArrays(collection, arrayFields);
      const sql = `UPDATE ${collection.table} SET updated_at = ?, ts = ?, rid = ?, body = ? WHERE place = ?`;
      database.prepare(sql).run(updatedAt, ts, rid, body, place);
    },
    remove(collection, place) {
      database.prepare(`DELETE FROM ${collection.table} WHERE place = ?`).run(place);
    },
    count(collection) {
      const row = database.prepare(`SELECT count(*) AS total FROM ${collection.table}`).get();
      return Number(row?.['total'] ?? 0);
    },
  };
}

interface Row extends Stored {
  readonly position: readonly SqlValue[];
}

/** Everything of a stored document. */
export function readStored({ body }: Stored): BsonDocument {
  return decodeDocument(body);
}
