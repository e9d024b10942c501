import { firestoreSdk } from '@innkeeper/shared/adapters/node/firestore-sdk';
import { firestoreEmulatorHost } from '@innkeeper/shared/testing/emulator-hosts';
import { afterAll } from 'vitest';
import { positionStoreContract } from '../src/testing/position-store-contract.ts';

const stores: ReturnType<typeof firestoreSdk>[] = [];
afterAll(() => Promise.all(stores.map(store => store.close())));

// A project of its own for each test: there is only one position in a database.
positionStoreContract(() => {
  const project = `position-${crypto.randomUUID().slice(0, 8)}`;
  const store = firestoreSdk({ project, database: 'ops', emulatorHost: firestoreEmulatorHost() });
  stores.push(store);
  return store;
});
