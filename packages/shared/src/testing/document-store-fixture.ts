import type {
  DocumentFields,
  DocumentPath,
  DocumentStore,
  DocumentWrite,
  StoredDocument,
  StoreError,
} from '../ports/document-store.ts';
import type { Result } from '../result/result.ts';

/** What the contract of a `DocumentStore` works with: a collection of its own for each test. */
export type OpenCollection = ReturnType<typeof documentStoreFixture>;

export function documentStoreFixture(openStore: () => DocumentStore) {
  let collections = 0;
  const run = crypto.randomUUID().slice(0, 8);
  return () => {
    collections += 1;
    const collection = `contract-${run}-${collections}`;
    const store = openStore();
    const path = (id: string): DocumentPath => `${collection}/${id}`;
    const set = (id: string, fields: DocumentFields): DocumentWrite => ({ op: 'set', path: path(id), fields });
    const read = async (id: string): Promise<StoredDocument | undefined> => must(await store.getAll([path(id)]))[0];
    const seed = async (documents: Readonly<Record<string, DocumentFields>>): Promise<void> => {
      must(await store.commit(Object.entries(documents).map(([id, fields]) => set(id, fields))));
    };
    const ids = async (query: Omit<Parameters<DocumentStore['query']>[0], 'collection'>): Promise<string[]> =>
      must(await store.query({ collection, ...query })).map(document => document.path.slice(collection.length + 1));
    return { store, collection, path, set, read, seed, ids };
  };
}

export function must<T>(result: Result<T, StoreError>): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.kind}: ${result.error.detail}`);
}

export const kindOf = (result: Result<unknown, StoreError>): StoreError['kind'] | 'ok' =>
  result.ok ? 'ok' : result.error.kind;
