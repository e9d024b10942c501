import { isDeepStrictEqual } from 'node:util';
import type { FirestoreEffect } from '@innkeeper/shared/contracts/backup/erasure-order';
import type { DocumentPath, DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { RestoreFailure, RestoreResult } from '../failure.ts';
import type { ErasureReport } from './erasure-report.ts';

/** Applies the effects to a database that was restored from a managed backup. A document that is gone stays gone. */
export async function eraseInFirestore(
  store: DocumentStore,
  effects: readonly FirestoreEffect[],
): RestoreResult<ErasureReport> {
  let applied = 0;
  for (const effect of effects) {
    const isNeeded = await holdsErased(store, effect);
    if (!isNeeded.ok) return err(failed(isNeeded.error));
    if (!isNeeded.value) continue;
    const path = effect.path as DocumentPath; // the contract's pattern is this type's
    const committed = await store.commit([
      effect.set === undefined
        ? { op: 'delete', path }
        : { op: 'merge', path, fields: effect.set, precondition: { exists: true } },
    ]);
    if (!committed.ok && committed.error.kind !== 'precondition_failed') return err(failed(committed.error));
    applied += 1;
  }
  let remaining = 0;
  for (const effect of effects) {
    const left = await holdsErased(store, effect);
    if (!left.ok) return err(failed(left.error));
    if (left.value) remaining += 1;
  }
  return ok({ places: effects.length, applied, alreadyDone: effects.length - applied, remaining });
}

async function holdsErased(store: DocumentStore, { path, set }: FirestoreEffect): Promise<Result<boolean, StoreError>> {
  const read = await store.getAll([path as DocumentPath]); // the contract's pattern is this type's
  if (!read.ok) return read;
  const [document] = read.value;
  if (document === undefined) return ok(false);
  return ok(
    set === undefined ||
      Object.entries(set).some(([field, value]) => !isDeepStrictEqual(document.fields[field], value)),
  );
}

const failed = (error: StoreError): RestoreFailure => ({
  reason: 'erasure_failed',
  sentence: `Firestore: ${error.kind}, ${error.detail}`,
  nextStep: 'Repeat the command: what was erased stays erased.',
});
