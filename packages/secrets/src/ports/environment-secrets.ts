import type { Secret } from '@innkeeper/shared/config/secret';
import type { Result } from '@innkeeper/shared/result/result';
import type { GithubPlace } from '../catalogue/secret-entry.ts';
import type { VendorFailure } from './vendor-failure.ts';

/** Secrets of GitHub's environments: when they were set can be read, values only written. */
export interface EnvironmentSecrets {
  /** When each was set last, by name. */
  list(place: GithubPlace): Promise<Result<Readonly<Record<string, number>>, VendorFailure>>;
  set(place: GithubPlace, name: string, value: Secret): Promise<Result<void, VendorFailure>>;
}
