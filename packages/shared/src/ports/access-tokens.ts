import type { Result } from '../result/result.ts';

/** A bearer token for Google's APIs, never older than its lifetime. */
export interface AccessTokens {
  /** `renew` after the API refused the last one. */
  token(options?: { renew: boolean }): Promise<Result<string, AccessTokenError>>;
}

export type AccessTokenError =
  | { readonly kind: 'unavailable'; readonly detail: string }
  | { readonly kind: 'denied'; readonly detail: string };
