import type { DocumentStore } from '../ports/document-store.ts';
import { documentQueriesContract } from './document-queries-contract.ts';
import { documentStoreFixture } from './document-store-fixture.ts';
import { documentTransactionsContract } from './document-transactions-contract.ts';
import { documentWritesContract } from './document-writes-contract.ts';

/**
 * The behaviour every `DocumentStore` has. Run it with a store that may hold anything: each test uses a collection of
 * its own.
 */
export function documentStoreContract(openStore: () => DocumentStore): void {
  const openCollection = documentStoreFixture(openStore);
  documentWritesContract(openCollection);
  documentQueriesContract(openCollection);
  documentTransactionsContract(openCollection);
}
