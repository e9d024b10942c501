import { Secret } from '@innkeeper/shared/config/secret';
import { exportJWK, generateKeyPair } from 'jose';
import type { SecretEntry } from '../catalogue/secret-entry.ts';

export interface Generated {
  readonly value: Secret;
  /** Of a key pair: what others know it by, and where it has to be noted. */
  readonly publicHalf?: { readonly jwk: object; readonly where: string };
}

/** What the value is made of; random bytes come from whoever calls. */
export interface Sources {
  readonly randomBytes: (count: number) => Buffer;
  readonly now: () => number;
}

/**
 * `undefined`: it is not one that is generated. `current` is what was kept until now, for those with a list of values.
 */
export async function generateSecret(
  { id, origin, overlap }: SecretEntry,
  { randomBytes, now }: Sources,
  current?: Secret,
): Promise<Generated | undefined> {
  if (origin.kind === 'random') {
    const bytes = randomBytes(origin.bytes);
    const fresh = origin.as === 'whsec' ? `whsec_${bytes.toString('base64')}` : bytes.toString('base64url');
    const before = overlap === 'list' ? current?.reveal().split(',')[0]?.trim() : undefined;
    return { value: new Secret(before === undefined ? fresh : `${fresh},${before}`) };
  }
  if (origin.kind !== 'key_pair') return undefined;
  const pair = await generateKeyPair(origin.algorithm, { extractable: true });
  const kid = `${id}-${new Date(now()).toISOString().slice(0, 10)}-${randomBytes(4).toString('hex')}`;
  const named = { kid, alg: origin.algorithm === 'ES256' ? 'ES256' : 'EdDSA' };
  return {
    value: new Secret(JSON.stringify({ ...(await exportJWK(pair.privateKey)), ...named })),
    publicHalf: { jwk: { ...(await exportJWK(pair.publicKey)), ...named, use: 'sig' }, where: origin.publicHalf },
  };
}
