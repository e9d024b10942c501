import { documentStoreContract } from '@innkeeper/shared/testing/document-store-contract';
import { describe } from 'vitest';
import { documentStoreOf, simulatedDocuments } from './document-store.ts';

describe('the simulated Firestore', () => {
  const store = documentStoreOf(simulatedDocuments(() => Date.now()));
  documentStoreContract(() => store);
});
