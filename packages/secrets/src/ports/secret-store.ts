import type { Secret } from '@innkeeper/shared/config/secret';
import type { Result } from '@innkeeper/shared/result/result';
import type { VendorFailure } from './vendor-failure.ts';

/**
 * Where values are kept, in numbered versions. The enabled version with the highest number is the current one; older
 * ones stay, so that there is a way back. `missing`: Terraform has not made the secret.
 */
export interface SecretStore {
  /** Newest first. */
  versions(id: string): Promise<Result<readonly SecretVersion[], VendorFailure>>;
  read(id: string, version: number): Promise<Result<Secret, VendorFailure>>;
  /** The number of the new version, which is the current one from now on. */
  add(id: string, value: Secret): Promise<Result<number, VendorFailure>>;
  /** Whether this caller may `add`. Asked before something that cannot be taken back. */
  mayAdd(id: string): Promise<Result<boolean, VendorFailure>>;
}

export interface SecretVersion {
  readonly number: number;
  readonly createdAtMs: number;
  readonly isEnabled: boolean;
}

export const currentVersion = (versions: readonly SecretVersion[]): SecretVersion | undefined =>
  versions.filter(({ isEnabled }) => isEnabled).toSorted((a, b) => b.number - a.number)[0];
