import { bytesFromBase64, bytesToBase64 } from '../http/base64.ts';
import type { AssertionClaims } from './jwt-claims.ts';

/**
 * Signed assertions by WebCrypto, for the two algorithms Google takes. Signing is one call of the platform; a library
 * for it costs each Worker 5 kB. Its place is where tokens are verified, and the tests verify these with it.
 */
export interface SigningKey {
  readonly algorithm: SigningAlgorithm;
  /** `kid` in the header: by it Google finds the public half. */
  readonly id: string;
  readonly key: CryptoKey;
}

export type SigningAlgorithm = keyof typeof ALGORITHMS;

/** A private RSA or P-256 key with its numbers, which only WebCrypto looks at. */
export interface PrivateJwk {
  readonly kty: 'RSA' | 'EC';
  readonly kid: string;
  readonly crv?: string;
}

const ALGORITHMS = {
  RS256: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' },
  ES256: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
} as const;

/** @throws DOMException for a key that is not what it says. */
export async function signingKeyOfJwk(jwk: PrivateJwk): Promise<SigningKey> {
  const algorithm = jwk.kty === 'EC' ? 'ES256' : 'RS256';
  const key = await crypto.subtle.importKey('jwk', jwk, ALGORITHMS[algorithm], false, ['sign']);
  return { algorithm, id: jwk.kid, key };
}

/** `pem` is PKCS #8 of an RSA key. @throws DOMException for anything else. */
export async function signingKeyOfPem(pem: string, id: string): Promise<SigningKey> {
  const der = bytesFromBase64(pem.replaceAll(/-----[A-Z ]+-----|\s/gu, ''));
  return {
    algorithm: 'RS256',
    id,
    key: await crypto.subtle.importKey('pkcs8', der, ALGORITHMS.RS256, false, ['sign']),
  };
}

/** A JWT in its compact form. */
export async function signJwt(claims: AssertionClaims, { algorithm, id, key }: SigningKey): Promise<string> {
  const signed = [{ alg: algorithm, typ: 'JWT', kid: id }, claims]
    .map(part => toBase64Url(new TextEncoder().encode(JSON.stringify(part))))
    .join('.');
  const signature = await crypto.subtle.sign(ALGORITHMS[algorithm], key, new TextEncoder().encode(signed));
  return `${signed}.${toBase64Url(new Uint8Array(signature))}`;
}

const toBase64Url = (bytes: Uint8Array): string =>
  bytesToBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
