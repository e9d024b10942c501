import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import {
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JSONWebKeySet,
  type JWK,
  SignJWT,
} from 'jose';

/**
 * Signs the bearer tokens of push deliveries as Google does (RS256, the claims of an ID token of a service account),
 * with a key of its own that survives restarts. Receivers find the public half at the gateway's JWKS address.
 */
export interface OidcIssuer {
  readonly jwks: JSONWebKeySet;
  /** A token good for an hour, made anew when half of that is over. */
  tokenFor(identity: PushIdentity): Promise<string>;
}

export interface PushIdentity {
  readonly audience: string;
  /** E-mail address of the service account that pushes. */
  readonly email: string;
}

const KEY_FILE = 'oidc-key.json';
const ALGORITHM = 'RS256';
const LIFETIME_S = 3600; // As Google's.

export async function openOidcIssuer(options: {
  stateDirectory: string;
  /** The `iss` claim. */
  issuer: string;
  now: () => number;
}): Promise<OidcIssuer> {
  const privateJwk = await loadKey(path.join(options.stateDirectory, KEY_FILE));
  const key = await importJWK(privateJwk, ALGORITHM);
  const { kty, n, e } = privateJwk;
  const kid = await calculateJwkThumbprint(privateJwk);
  const publicJwk = { kty, n, e, kid, alg: ALGORITHM, use: 'sig' } as JWK;
  const tokens = new Map<string, { readonly token: string; readonly renewAtS: number }>();

  return {
    jwks: { keys: [publicJwk] },
    async tokenFor({ audience, email }) {
      const nowS = Math.floor(options.now() / 1000);
      const cacheKey = JSON.stringify([audience, email]);
      const cached = tokens.get(cacheKey);
      if (cached !== undefined && nowS < cached.renewAtS) return cached.token;
      const token = await new SignJWT({ email, email_verified: true, azp: email })
        .setProtectedHeader({ alg: ALGORITHM, kid, typ: 'JWT' })
        .setIssuer(options.issuer)
        .setSubject(email)
        .setAudience(audience)
        .setIssuedAt(nowS)
        .setExpirationTime(nowS + LIFETIME_S)
        .sign(key);
      tokens.set(cacheKey, { token, renewAtS: nowS + LIFETIME_S / 2 });
      return token;
    },
  };
}

async function loadKey(file: string): Promise<JWK> {
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as JWK;
  const { privateKey } = await generateKeyPair(ALGORITHM, { extractable: true });
  const jwk = await exportJWK(privateKey);
  writeFileSync(file, JSON.stringify(jwk), { mode: 0o600 });
  return jwk;
}
