import { err, ok } from '@innkeeper/shared/result/result';
import type { BackupsError, DatabaseBackups } from '../ports.ts';

type Newest = { readonly name: string; readonly snapshotTime: string } | undefined;

/** Managed backups of a database that a test sets, or that cannot be listed. */
export interface InMemoryDatabaseBackups extends DatabaseBackups {
  setNewest(newest: Newest): void;
  /** Every later call fails with this; `undefined` ends it. */
  failWith(error: BackupsError | undefined): void;
}

export function inMemoryDatabaseBackups(initial?: Newest): InMemoryDatabaseBackups {
  let newest = initial;
  let failure: BackupsError | undefined;
  return {
    newest: async () => (failure === undefined ? ok(newest) : err(failure)),
    setNewest: next => {
      newest = next;
    },
    failWith: error => {
      failure = error;
    },
  };
}
