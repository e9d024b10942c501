import type { AccessTokenError } from '../../ports/access-tokens.ts';
import type { Result } from '../../result/result.ts';

/** A bearer token with the times that decide when to replace it. Plain data: it crosses Durable Object storage and RPC. */
export interface IssuedToken {
  readonly token: string;
  readonly issuedAtMs: number;
  readonly expiresAtMs: number;
}

/** Issues a new token at Google (or asks whoever keeps one). `refused` must not be answered again. */
export type TokenSource = (refused?: string) => Promise<Result<IssuedToken, AccessTokenError>>;

export interface RefreshPolicy {
  /** Replace the token this long before it ends … */
  readonly aheadMs: number;
  /** … but never earlier than this share of its lifetime before the end, so that short tokens are used at all. */
  readonly aheadShareMax: number;
}

/** The fleet's keeper replaces first, so that every isolate that asks for a fresher token finds one. */
export const KEEPER_REFRESH: RefreshPolicy = { aheadMs: 10 * 60_000, aheadShareMax: 0.5 };
export const ISOLATE_REFRESH: RefreshPolicy = { aheadMs: 5 * 60_000, aheadShareMax: 0.25 };

/** Long enough to be sent and still be valid when Google reads it, clocks differing a little. */
const USABLE_LEFT_MS = 5_000;

export const isUsable = (token: IssuedToken, nowMs: number): boolean => token.expiresAtMs - nowMs > USABLE_LEFT_MS;

export function isFresh(token: IssuedToken, nowMs: number, policy: RefreshPolicy): boolean {
  const lifetimeMs = token.expiresAtMs - token.issuedAtMs;
  const aheadMs = Math.min(policy.aheadMs, lifetimeMs * policy.aheadShareMax);
  return isUsable(token, nowMs) && token.expiresAtMs - nowMs > aheadMs;
}
