import type { BsonDocument, BsonValue } from '../bson/bson-document.ts';
import type { Catalog, Collection } from './catalog.ts';
import { expiryOf, indexesOf } from './collection-indexes.ts';
import type { CollectionWriter } from './collection-writer.ts';

/** The server's monitor of TTL indexes: documents go once the date in the indexed field is as old as the index says. */
export interface Expiry {
  /** Within a transaction of the caller, as the other. */
  removeFrom(collection: Collection): void;
  removeAll(): void;
}

export function expiry(parts: {
  readonly catalog: Catalog;
  readonly writer: CollectionWriter;
  readonly now: () => number;
}): Expiry {
  const { catalog, writer, now } = parts;
  const removeFrom = (collection: Collection): void => {
    for (const { field, seconds } of indexesOf(collection).flatMap(index => expiryOf(index) ?? [])) {
      const past: BsonDocument = new Map<string, BsonValue>([['$lte', new Date(now() - seconds * 1000)]]);
      writer.remove(collection.db, collection.name, { filter: new Map([[field, past]]), sort: [] }, true);
    }
  };
  return {
    removeFrom,
    removeAll() {
      for (const collection of catalog.list()) removeFrom(collection);
    },
  };
}

/** Nothing ever expires, as with `ttlMonitorEnabled=false`. */
export const NO_EXPIRY: Expiry = { removeFrom: () => undefined, removeAll: () => undefined };
