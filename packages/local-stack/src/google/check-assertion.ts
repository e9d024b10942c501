import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { createLocalJWKSet, errors, type JWK, type JWTPayload, jwtVerify } from 'jose';

/** Really checks a signed assertion: signature by key id, issuer, audience, times. No I/O. */
export interface AssertionRules {
  readonly keys: readonly JWK[];
  readonly issuer: string;
  readonly audiences: readonly string[];
}

export type AssertionFault = 'signature' | 'issuer' | 'audience' | 'expired' | 'times' | 'malformed';

const CLOCK_SKEW_S = 30;
/** Google takes no assertion that claims to live longer. */
const LIFETIME_MAX_S = 3_600;

export async function checkAssertion(
  assertion: string,
  rules: AssertionRules,
  nowMs: number,
): Promise<Result<JWTPayload, AssertionFault>> {
  try {
    const { payload } = await jwtVerify(assertion, createLocalJWKSet({ keys: [...rules.keys] }), {
      issuer: rules.issuer,
      audience: [...rules.audiences],
      algorithms: ['RS256', 'ES256'],
      currentDate: new Date(nowMs),
      clockTolerance: CLOCK_SKEW_S,
      requiredClaims: ['iat', 'exp'],
    });
    const { iat = 0, exp = 0 } = payload;
    const tooLong = exp - iat > LIFETIME_MAX_S;
    const fromTheFuture = iat > nowMs / 1000 + CLOCK_SKEW_S;
    return tooLong || fromTheFuture ? err('times') : ok(payload);
  } catch (error) {
    return err(faultOf(error));
  }
}

function faultOf(error: unknown): AssertionFault {
  if (error instanceof errors.JWTExpired) return 'expired';
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'iss') return 'issuer';
    return error.claim === 'aud' ? 'audience' : 'times';
  }
  if (error instanceof errors.JWSSignatureVerificationFailed || error instanceof errors.JWKSNoMatchingKey) {
    return 'signature';
  }
  if (error instanceof errors.JOSEError) return 'malformed';
  throw error;
}
