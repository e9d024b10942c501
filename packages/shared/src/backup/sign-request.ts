import { base64url } from 'jose';

/**
 * How the backup server proves that a request is its own: Ed25519 over the purpose and the body's bytes, in the header
 * `innkeeper-signature` as base64url. The purpose keeps a signature for one entry point from being used at another.
 */
export const SIGNATURE_HEADER = 'innkeeper-signature';
export type SignedPurpose = 'report' | 'exchange';

export async function signRequest(key: CryptoKey, purpose: SignedPurpose, body: Uint8Array): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.sign('Ed25519', key, signedBytes(purpose, body))));
}

/** False for anything that is not a signature of this key over exactly these bytes. `publicKey` is raw, base64url. */
export async function isSignedBy(
  publicKey: string,
  purpose: SignedPurpose,
  body: Uint8Array,
  signature: string,
): Promise<boolean> {
  const keyBytes = decode(publicKey);
  const signatureBytes = decode(signature);
  if (keyBytes?.length !== 32 || signatureBytes?.length !== 64) return false;
  const key = await crypto.subtle.importKey('raw', keyBytes, 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signatureBytes, signedBytes(purpose, body));
}

function signedBytes(purpose: SignedPurpose, body: Uint8Array): Uint8Array<ArrayBuffer> {
  const prefix = new TextEncoder().encode(`innkeeper-backup-v1\n${purpose}\n`);
  const bytes = new Uint8Array(prefix.length + body.length);
  bytes.set(prefix);
  bytes.set(body, prefix.length);
  return bytes;
}

function decode(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return new Uint8Array(base64url.decode(text));
  } catch {
    return undefined; // Not base64url: not a signature of anybody.
  }
}
