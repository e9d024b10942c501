import { type BsonDocument, decodeFields } from '../bson/bson-document.ts';
import { orderKey } from '../bson/order-key.ts';

/**
 * How the documents of a collection lie in SQLite: the BSON bytes as they came, and beside them the keys of the fields
 * that chat is read by. `_id` is unique; reading by the others is fast, in their order, and needs no memory.
 */
export const KEY_COLUMNS = { _id: 'id', _updatedAt: 'updated_at', ts: 'ts', rid: 'rid' } as const;
export type KeyField = keyof typeof KEY_COLUMNS;
export const KEY_FIELDS = Object.keys(KEY_COLUMNS) as KeyField[];
const KEY_FIELD_SET: ReadonlySet<string> = new Set(KEY_FIELDS);

export const DOCUMENT_COLUMNS =
  'place INTEGER PRIMARY KEY, id BLOB NOT NULL, updated_at BLOB NOT NULL, ts BLOB NOT NULL, rid BLOB NOT NULL, body BLOB NOT NULL';

/** Each ends in `id`, so that the keys of an index are a position to continue at. */
export const KEY_INDEXES = {
  by_id: ['id'],
  by_updated_at: ['updated_at', 'id'],
  by_ts: ['ts', 'id'],
  by_room: ['rid', 'ts', 'id'],
} as const;
export type KeyIndex = keyof typeof KEY_INDEXES;

export function documentIndexes(table: string): string {
  return Object.entries(KEY_INDEXES)
    .map(([name, columns]) => {
      const unique = name === 'by_id' ? 'UNIQUE ' : '';
      return `CREATE ${unique}INDEX ${table}_${name} ON ${table} (${columns.join(', ')});`;
    })
    .join(' ');
}

/** The values of the key columns, and which of the fields hold an array and so have no single place in an order. */
export interface DocumentKeys {
  readonly id: Buffer;
  readonly updatedAt: Buffer;
  readonly ts: Buffer;
  readonly rid: Buffer;
  readonly arrayFields: readonly string[];
}

export function documentKeys(body: Uint8Array): DocumentKeys {
  const fields: BsonDocument = decodeFields(body, KEY_FIELD_SET);
  const keyOf = (field: KeyField): Buffer => orderKey(fields.get(field));
  return {
    id: keyOf('_id'),
    updatedAt: keyOf('_updatedAt'),
    ts: keyOf('ts'),
    rid: keyOf('rid'),
    arrayFields: KEY_FIELDS.filter(field => Array.isArray(fields.get(field))),
  };
}
