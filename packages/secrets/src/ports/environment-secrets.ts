import type { Secret } from '@innkeeper/shared/config/secret';
import type { Result } from '@innkeeper/shared/result/result';
import type { VendorFailure } from './vendor-failure.ts';

/** Secrets of one GitHub environment: when they were set can be read, values only written. */
export interface EnvironmentSecrets {
  /** When each was set last, by name. */
  list(): Promise<Result<Readonly<Record<string, number>>, VendorFailure>>;
  set(name: string, value: Secret): Promise<Result<void, VendorFailure>>;
}
