import { afterAll, describe, expect, it } from 'vitest';
import { firestoreRest } from '../src/adapters/firestore/firestore-rest.ts';
import { firestoreSdk } from '../src/adapters/node/firestore-sdk.ts';
import { err, ok } from '../src/result/result.ts';
import { documentStoreContract } from '../src/testing/document-store-contract.ts';
import { firestoreEmulatorHost } from '../src/testing/emulator-hosts.ts';

describe('Firestore over REST', () => {
  const store = firestoreRest({
    baseUrl: `http://${firestoreEmulatorHost()}/v1`,
    project: 'contract-rest',
    database: '(default)',
    tokens: { token: async () => ok('owner') },
    fetch,
    random: Math.random,
    sleep: ms => new Promise(resolve => setTimeout(resolve, ms)),
  });
  documentStoreContract(() => store);
});

describe('Firestore through the SDK', () => {
  const store = firestoreSdk({ project: 'contract-sdk', database: '(default)', emulatorHost: firestoreEmulatorHost() });
  afterAll(() => store.close());
  documentStoreContract(() => store);
});

describe('Firestore through the SDK, with nobody at the address', () => {
  it('is unavailable when the time is up, however long the SDK would try', async () => {
    const store = firestoreSdk({
      project: 'nobody',
      database: '(default)',
      emulatorHost: '127.0.0.1:1',
      callMsMax: 100,
    });
    const late = (operation: string) =>
      err({ kind: 'unavailable', detail: `firestore ${operation}: no answer within 100 ms` });
    expect(await store.getAll(['c/a'])).toEqual(late('getAll'));
    expect(await store.query({ collection: 'c' })).toEqual(late('query'));
    expect(await store.commit([{ op: 'delete', path: 'c/a' }])).toEqual(late('commit'));
    expect(await store.transact(['c/a'], () => ({ writes: [], value: 1 }))).toEqual(late('transact'));
  });
});
