import type { Secret } from '@innkeeper/shared/config/secret';
import type { Result } from '@innkeeper/shared/result/result';
import type { VendorFailure } from './vendor-failure.ts';

/** Cloudflare's tokens of the account, made by Terraform. */
export interface ApiTokens {
  list(): Promise<Result<readonly ApiToken[], VendorFailure>>;
  /** Gives it another value and answers with it; the one before is refused from now on. */
  roll(id: string): Promise<Result<Secret, VendorFailure>>;
  /** Id of the token that has this value; `undefined` where none has, or where it has expired. */
  idOf(value: Secret): Promise<Result<string | undefined, VendorFailure>>;
}

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  readonly expiresAtMs?: number;
}
