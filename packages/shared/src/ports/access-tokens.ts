import type { Result } from '../result/result.ts';

/** A bearer token for Google's APIs, never older than its lifetime. */
export interface AccessTokens {
  /** `refused` is the token the API would not take: it is not answered again, whoever else still holds it. */
  token(options?: { readonly refused: string }): Promise<Result<string, AccessTokenError>>;
}

export type AccessTokenError =
  | { readonly kind: 'unavailable'; readonly detail: string }
  | { readonly kind: 'denied'; readonly detail: string };
