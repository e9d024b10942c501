import type { DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err } from '@innkeeper/shared/result/result';
import type { Life } from './mortal.ts';

/** `refused`: nothing was written. `answer_lost`: it was, and nobody can tell. */
export type StoreFault = 'refused' | 'answer_lost';

/** Firestore as one listener reaches it. Each commit meets the next of the `faults`, if there is one. */
export function unreliableStore(store: DocumentStore, life: Life, faults: StoreFault[]): DocumentStore {
  const unavailable: StoreError = { kind: 'unavailable', detail: 'by the schedule' };
  return {
    getAll: paths => life.call(() => store.getAll(paths)),
    query: query => life.call(() => store.query(query)),
    transact: (paths, decide) => life.call(() => store.transact(paths, decide)),
    commit: writes =>
      life.call(async () => {
        const fault = faults.shift();
        if (fault === 'refused') return err(unavailable);
        const done = await store.commit(writes);
        return fault === 'answer_lost' ? err(unavailable) : done;
      }),
  };
}
