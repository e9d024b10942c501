import { exportJWK, exportPKCS8, generateKeyPair, jwtVerify } from 'jose';
import { describe, expect, it } from 'vitest';
import { type PrivateJwk, signingKeyOfJwk, signingKeyOfPem, signJwt } from './sign-jwt.ts';

const NOW_S = 1_795_000_000;
const claims = {
  iss: 'https://workers.example/ü?>',
  sub: 'inn',
  aud: 'https://a.example',
  iat: NOW_S,
  exp: NOW_S + 300,
};

describe('signJwt', () => {
  it.each(['RS256', 'ES256'] as const)('signs with a JWK for %s what a library verifies', async algorithm => {
    const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: 'k1', alg: algorithm, use: 'sig' } as PrivateJwk;
    const token = await signJwt(claims, await signingKeyOfJwk(jwk));
    const verified = await jwtVerify(token, publicKey, { currentDate: new Date(NOW_S * 1000) });
    expect(verified.payload).toEqual(claims);
    expect(verified.protectedHeader).toEqual({ alg: algorithm, typ: 'JWT', kid: 'k1' });
  });

  it('signs with the PEM text of a key file', async () => {
    const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
    const token = await signJwt(claims, await signingKeyOfPem(await exportPKCS8(privateKey), 'k2'));
    const verified = await jwtVerify(token, publicKey, { currentDate: new Date(NOW_S * 1000) });
    expect(verified.payload).toEqual(claims);
    expect(verified.protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: 'k2' });
  });

  it('takes no key that is not what it says', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = { ...(await exportJWK(privateKey)), kid: 'k1' };
    await expect(signingKeyOfJwk({ ...jwk, kty: 'RSA' })).rejects.toBeInstanceOf(DOMException);
    await expect(signingKeyOfJwk({ ...jwk, kty: 'EC', crv: 'P-384' })).rejects.toBeInstanceOf(DOMException);
    await expect(signingKeyOfPem(await exportPKCS8(privateKey), 'k2')).rejects.toBeInstanceOf(DOMException);
  });
});
