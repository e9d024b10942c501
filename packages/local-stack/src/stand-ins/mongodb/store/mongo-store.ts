import { type Catalog, openCatalog } from './catalog.ts';
import { type CollectionWriter, collectionWriter } from './collection-writer.ts';
import { openDatabase } from './database.ts';
import { type DocumentStore, openDocumentStore } from './document-store.ts';
import { NOOP, type Oplog, openOplog } from './oplog.ts';
import { openRetryRecords, type RetryRecords } from './retry-records.ts';

/** Everything that survives a kill of the process: what `write` returned is durable. */
export interface MongoStore {
  readonly catalog: Catalog;
  readonly documents: DocumentStore;
  readonly oplog: Oplog;
  readonly retries: RetryRecords;
  readonly writer: CollectionWriter;
  /** One transaction; change streams see it once it is durable. */
  write<T>(change: () => T): T;
  close(): void;
}

export interface StoreOptions {
  /** Memory only, if absent. */
  readonly stateDirectory: string | undefined;
  readonly oplogBytesMax: number;
  readonly now: () => number;
}

export function openMongoStore({ stateDirectory, oplogBytesMax, now }: StoreOptions): MongoStore {
  const database = openDatabase(stateDirectory);
  const catalog = openCatalog(database);
  const documents = openDocumentStore(database, catalog);
  const oplog = openOplog(database, { bytesMax: oplogBytesMax, now });
  const store: MongoStore = {
    catalog,
    documents,
    oplog,
    retries: openRetryRecords(database, now),
    writer: collectionWriter({ catalog, documents, oplog, now }),
    write(change) {
      try {
        return database.transact(change);
      } catch (error) {
        catalog.reload();
        throw error;
      } finally {
        oplog.wake();
      }
    },
    close: () => database.close(),
  };
  store.write(() => oplog.append(NOOP)); // as a primary that has just been elected
  return store;
}
