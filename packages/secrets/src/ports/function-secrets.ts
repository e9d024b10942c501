import type { Result } from '@innkeeper/shared/result/result';
import type { VendorFailure } from './vendor-failure.ts';

/** With which versions of its secrets a function was deployed. */
export interface FunctionSecrets {
  /** `undefined`: the function is not deployed. */
  deployed(name: string): Promise<Result<DeployedFunction | undefined, VendorFailure>>;
}

export interface DeployedFunction {
  readonly updatedAtMs: number;
  /** Version by secret; `latest` is what was the newest when an instance started. */
  readonly versions: Readonly<Record<string, number | 'latest'>>;
}
