import { type VaultTokenError, verifyVaultToken } from '@innkeeper/shared/backup/vault-tokens';
import type { VaultClaims } from '@innkeeper/shared/contracts/backup/vault-token';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/** restic sends the token as the password of HTTP's basic authentication, with any user name. */
export type CredentialError = 'token_missing' | VaultTokenError;

export type CheckCredentials = (
  authorization: string | null,
  now: Date,
) => Promise<Result<VaultClaims, CredentialError>>;

/** A run has one or two tokens and thousands of requests. */
const REMEMBERED_MAX = 32;

/**
 * A token's signature is checked once per isolate; whether it is valid at this moment, at every request. Refusals are
 * not remembered: guesses must not push real tokens out.
 */
export function createCredentialCheck(publicKeys: Parameters<typeof verifyVaultToken>[0]): CheckCredentials {
  const remembered = new Map<string, VaultClaims>();
  return async (authorization, now) => {
    const token = tokenOf(authorization);
    if (token === undefined) return err('token_missing');
    const known = remembered.get(token);
    const seconds = now.getTime() / 1000;
    if (known !== undefined && known.nbf <= seconds && seconds < known.exp) return ok(known);
    const verified = await verifyVaultToken(publicKeys, token, now);
    if (verified.ok) {
      const [oldest] = remembered.keys();
      if (remembered.size >= REMEMBERED_MAX && oldest !== undefined) remembered.delete(oldest);
      remembered.set(token, verified.value);
    }
    return verified;
  };
}

/** Longer than any token minted here: claims are bounded. */
const HEADER_LENGTH_MAX = 4_096;

function tokenOf(authorization: string | null): string | undefined {
  if (authorization === null || authorization.length > HEADER_LENGTH_MAX) return undefined;
  const [, encoded] = /^Basic ([A-Za-z0-9+/]+={0,2})$/iu.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  try {
    const text = atob(encoded);
    const colon = text.indexOf(':');
    return colon === -1 || colon === text.length - 1 ? undefined : text.slice(colon + 1);
  } catch {
    return undefined; // Not base64.
  }
}
