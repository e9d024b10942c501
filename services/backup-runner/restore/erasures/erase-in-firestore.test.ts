import type { FirestoreEffect } from '@innkeeper/shared/contracts/backup/erasure-order';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { expect, test } from 'vitest';
import { eraseInFirestore } from './erase-in-firestore.ts';
import { foldEffects } from './fold-effects.ts';

const path = 'records/guesty:guest:g1';
const anonymous = { facts: { guestId: 'g1', phones: [], tags: [] }, stamps: { guestId: '3:1' }, erased: true };
const effects: readonly FirestoreEffect[] = [
  { store: 'firestore', path, set: anonymous },
  { store: 'firestore', path: 'phoneLinks/guesty:guest:g1' },
  { store: 'firestore', path: 'records/never-restored', set: anonymous },
];

test('whole records are taken out of a restored database once, whatever the order of their fields', async () => {
  const store = inMemoryDocumentStore();
  await store.commit([
    { op: 'set', path, fields: { key: 'guesty:guest:g1', facts: { guestId: 'g1', fullName: 'Grace Guest' } } },
    { op: 'set', path: 'phoneLinks/guesty:guest:g1', fields: { numbers: ['+442079460103'] } },
  ]);
  const report = { places: 3, applied: 2, alreadyDone: 1, remaining: 0 };
  expect(await eraseInFirestore(store, effects)).toEqual({ ok: true, value: report });
  expect(JSON.stringify([...store.documents.values()].map(({ fields }) => fields))).not.toMatch(/Grace|7946/u);
  expect(store.documents.get(path)?.fields).toEqual({ key: 'guesty:guest:g1', ...anonymous });
  expect(store.documents.has('records/never-restored')).toBe(false);
  const again = { places: 3, applied: 0, alreadyDone: 3, remaining: 0 };
  expect(await eraseInFirestore(store, effects)).toEqual({ ok: true, value: again });
});

test('of two orders about one record the newer one decides about each field', () => {
  const newer: FirestoreEffect = { store: 'firestore', path, set: { facts: { guestId: 'g1' } } };
  expect(foldEffects([...effects, newer], effect => effect.path)[0]).toEqual({
    store: 'firestore',
    path,
    set: { ...anonymous, facts: { guestId: 'g1' } },
  });
});
