import type { Result } from '@innkeeper/shared/result/result';

/** Google's application default credentials of this machine. */
export interface GoogleCredential {
  /** Headers for Google's APIs. */
  headers(): Promise<Result<GoogleHeaders, GoogleCredentialProblem>>;
}

export interface GoogleHeaders {
  /** Bearer token and, where one is set, the project that is billed for the calls. Secret. */
  readonly headers: Readonly<Record<string, string>>;
  /** When the token ends; the library renews it by itself. */
  readonly expiresAt?: Date;
}

export type GoogleCredentialProblem = {
  /** `refused`: a person has to sign in again. */
  readonly kind: 'missing' | 'refused' | 'unreachable';
};
