import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { DocumentPath, DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** Where documents go that nobody understood: shown to a person, overwritten when the same one comes again. */
export interface Parking {
  /** Resolves once all of them are stored. At most `PARK_BATCH_MAX` at once. */
  park(things: readonly ParkedThing[]): Promise<Result<void, StoreError>>;
}

export interface ParkedThing {
  readonly path: DocumentPath;
  readonly parked: Parked;
}

/** Firestore takes 500 writes in one commit. */
export const PARK_BATCH_MAX = 500;

export const documentStoreParking = (store: DocumentStore): Parking => ({
  park: async things => {
    const committed = await store.commit(
      // The same document twice in one commit is refused; the later account of it counts.
      [...new Map(things.map(thing => [thing.path, thing])).values()].map(({ path, parked }) => ({
        op: 'set',
        path,
        fields: parked,
      })),
    );
    return committed.ok ? ok(undefined) : err(committed.error);
  },
});
