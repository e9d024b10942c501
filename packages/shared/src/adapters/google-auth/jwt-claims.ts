/**
 * What the signed assertions say. Pure: the same key, clock and configuration give the same claims.
 */
export interface AssertionClaims {
  readonly iss: string;
  readonly sub?: string;
  readonly aud: string;
  readonly scope?: string;
  /** Seconds since the epoch. */
  readonly iat: number;
  readonly exp: number;
}

/** A grant is exchanged at once, for an hour; minutes are only for clocks that differ. */
const GRANT_LIFETIME_S = 300;
/** A federated token ends with the assertion it was given for, and after an hour at the latest. */
const WORKLOAD_LIFETIME_S = 3_600;
/** Google refuses an assertion from the future: a fast clock must not make one. */
const BACKDATE_S = 10;

const times = (nowMs: number, lifetimeS: number): { iat: number; exp: number } => {
  const iat = Math.floor(nowMs / 1000) - BACKDATE_S;
  return { iat, exp: iat + lifetimeS };
};

/** Identity that a workload identity provider is configured to believe; its audience is the provider's `https:` name. */
export function workloadClaims(
  identity: { readonly issuer: string; readonly subject: string; readonly audience: string },
  nowMs: number,
): AssertionClaims {
  const { issuer: iss, subject: sub, audience } = identity;
  return { iss, sub, aud: `https:${audience}`, ...times(nowMs, WORKLOAD_LIFETIME_S) };
}

/** Google's JWT bearer grant for a service account's own key. */
export function serviceAccountClaims(
  account: { readonly clientEmail: string; readonly tokenUri: string; readonly scope: string },
  nowMs: number,
): AssertionClaims {
  return { iss: account.clientEmail, scope: account.scope, aud: account.tokenUri, ...times(nowMs, GRANT_LIFETIME_S) };
}
