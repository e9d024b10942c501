import type { Secret } from '@innkeeper/shared/config/secret';
import type { Result } from '@innkeeper/shared/result/result';
import type { VendorFailure } from './vendor-failure.ts';

export type DatabaseAccess = 'read_only' | 'manage';

/** Database keys of one cluster at Qdrant Cloud. */
export interface DatabaseKeys {
  list(): Promise<Result<readonly DatabaseKey[], VendorFailure>>;
  /** The only answer with the value. */
  create(key: {
    readonly name: string;
    readonly access: DatabaseAccess;
  }): Promise<Result<NewDatabaseKey, VendorFailure>>;
  /** Deleting one that is gone is no failure. */
  delete(id: string): Promise<Result<void, VendorFailure>>;
  /** What the cluster lets this key do; `nothing` also while it has not heard of it. */
  rightsOf(value: Secret): Promise<Result<DatabaseAccess | 'nothing', VendorFailure>>;
}

export interface DatabaseKey {
  readonly id: string;
  readonly name: string;
  readonly createdAtMs: number;
  /** How the value ends: enough to know one's own again. */
  readonly postfix: string;
}

export interface NewDatabaseKey extends DatabaseKey {
  readonly value: Secret;
}
