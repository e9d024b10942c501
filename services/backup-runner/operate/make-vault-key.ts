import { writeFile } from 'node:fs/promises';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

/** The new key's public half, as `VAULT_PUBLIC_KEYS` lists it. */
export interface PublicVaultKey {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
  /** RFC 7638 thumbprint of the key. */
  readonly kid: string;
}

/**
 * Makes the Ed25519 pair that signs the vault's tokens: the private JWK goes into `file` (mode 0600, never over what is
 * there) and nowhere else, the public one is answered. A sentence when the file cannot be made.
 */
export async function makeVaultKey(file: string): Promise<Result<PublicVaultKey, string>> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const { kty = '', crv = '', x = '', d = '' } = await exportJWK(privateKey);
  const publicKey = { kty, crv, x, kid: await calculateJwkThumbprint({ kty, crv, x }) };
  const written = await writeNew(file, { ...publicKey, d });
  return written.ok ? ok(publicKey) : written;
}

async function writeNew(file: string, key: JWK): Promise<Result<void, string>> {
  try {
    await writeFile(file, `${JSON.stringify(key)}\n`, { flag: 'wx', mode: 0o600 });
    return ok(undefined);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    return err(
      code === 'EEXIST' ? `${file} is there already. It was left alone.` : `${file} cannot be written (${code}).`,
    );
  }
}

export const madeInWords = (
  publicKey: PublicVaultKey,
  file: string,
): string => `The private key is in ${file}, readable by you alone. It is VAULT_SIGNING_KEY:
  functions/backup    from Secret Manager
  operators           VAULT_SIGNING_KEY_FILE=${file}
  for a disaster      where the password of the repository is: at least twice, once on paper
Whoever has it can read and add in every repository of the vault; only RESTIC_PASSWORD makes sense of what is read.

The vault itself gets the public half, VAULT_PUBLIC_KEYS of workers/backup-vault:
${JSON.stringify([publicKey])}

To replace a key: list the old and the new one there, deploy, change VAULT_SIGNING_KEY, then list the new one alone.`;
