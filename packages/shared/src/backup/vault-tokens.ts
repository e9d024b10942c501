import { errors, type JWK, jwtVerify, SignJWT } from 'jose';
import {
  VAULT_TOKEN_AUDIENCE,
  VAULT_TOKEN_ISSUER,
  VAULT_TOKEN_SECONDS_MAX,
  VaultClaims,
  type VaultScope,
} from '../contracts/backup/vault-token.ts';
import { err, ok, type Result } from '../result/result.ts';

/** Makes the credentials of the vault. Whoever holds the private key can; the vault itself only has the public one. */
export interface VaultTokens {
  mint(order: {
    readonly subject: string;
    readonly scope: VaultScope;
    readonly repository: string;
    readonly from: Date;
    readonly until: Date;
    readonly snapshotsMax?: number;
  }): Promise<string>;
}

const ALGORITHM = 'EdDSA';

/** `privateKey` is an Ed25519 JWK with `kid`. */
export function vaultTokens(privateKey: JWK, newId: () => string): VaultTokens {
  return {
    async mint({ subject, scope, repository, from, until, snapshotsMax = 0 }) {
      return new SignJWT({ v: 1, scope, repository, snapshotsMax } satisfies Partial<VaultClaims>)
        .setProtectedHeader({
          alg: ALGORITHM,
          typ: 'JWT',
          ...(privateKey.kid === undefined ? {} : { kid: privateKey.kid }),
        })
        .setIssuer(VAULT_TOKEN_ISSUER)
        .setAudience(VAULT_TOKEN_AUDIENCE)
        .setSubject(subject)
        .setJti(newId())
        .setNotBefore(seconds(from))
        .setExpirationTime(seconds(until))
        .sign(privateKey);
    },
  };
}

export type VaultTokenError = 'malformed' | 'forged' | 'not_yet_valid' | 'expired' | 'too_long_lived';

/** Checks a token against the public keys (several while one is being replaced). `now` decides about time. */
export async function verifyVaultToken(
  publicKeys: readonly JWK[],
  token: string,
  now: Date,
): Promise<Result<VaultClaims, VaultTokenError>> {
  for (const jwk of publicKeys) {
    try {
      const { payload } = await jwtVerify(token, jwk, {
        algorithms: [ALGORITHM],
        issuer: VAULT_TOKEN_ISSUER,
        audience: VAULT_TOKEN_AUDIENCE,
        currentDate: now,
      });
      const claims = VaultClaims.safeParse(payload);
      if (!claims.success) return err('malformed');
      const tooLong = claims.data.exp - claims.data.nbf > VAULT_TOKEN_SECONDS_MAX;
      return tooLong ? err('too_long_lived') : ok(claims.data);
    } catch (error) {
      if (error instanceof errors.JWSSignatureVerificationFailed) continue; // Perhaps the other key's.
      if (error instanceof errors.JWTExpired) return err('expired');
      if (error instanceof errors.JWTClaimValidationFailed && error.claim === 'nbf') return err('not_yet_valid');
      return err(error instanceof errors.JWTClaimValidationFailed ? 'forged' : 'malformed');
    }
  }
  return err('forged');
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
