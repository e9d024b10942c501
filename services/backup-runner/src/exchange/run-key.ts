import { type SignedPurpose, signRequest } from '@innkeeper/shared/backup/sign-request';
import { PublicKey } from '@innkeeper/shared/contracts/backup/exchange';
import { exportJWK, generateKeyPair } from 'jose';

/** The key pair of one run. Made on the server; its private half never leaves the memory. */
export interface RunKey {
  /** Raw, base64url. */
  readonly publicKey: string;
  sign(purpose: SignedPurpose, body: Uint8Array): Promise<string>;
}

export async function newRunKey(): Promise<RunKey> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { extractable: false });
  const { x } = await exportJWK(publicKey);
  return { publicKey: PublicKey.parse(x), sign: (purpose, body) => signRequest(privateKey, purpose, body) };
}
