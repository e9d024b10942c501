import type { Secret } from '@innkeeper/shared/config/secret';
import type { Result } from '@innkeeper/shared/result/result';
import type { VendorFailure } from './vendor-failure.ts';

/** Secrets of deployed Workers: names can be read, values only written. */
export interface WorkerSecrets {
  names(worker: string): Promise<Result<readonly string[], VendorFailure>>;
  /** One new version of the Worker with all of it, or nothing. `undefined` takes a secret away. */
  change(worker: string, secrets: Readonly<Record<string, Secret | undefined>>): Promise<Result<void, VendorFailure>>;
}
