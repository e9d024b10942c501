import * as z from 'zod/mini';
import { ok } from '../../result/result.ts';
import type { ServiceAccountCredentials } from './google-config.ts';
import type { GoogleScope } from './google-scope.ts';
import type { IssuedToken, TokenSource } from './issued-token.ts';
import { serviceAccountClaims } from './jwt-claims.ts';
import { signingKeyOfPem, signJwt } from './sign-jwt.ts';
import { callTokenEndpoint } from './token-request.ts';

/**
 * Second choice where federation is not possible: a service account's key file, exchanged by the JWT bearer grant.
 * I/O through `fetch` only.
 */
const GrantAnswer = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
});

export function serviceAccountTokens(options: {
  readonly credentials: ServiceAccountCredentials;
  readonly scope: GoogleScope;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}): TokenSource {
  const { clientEmail, tokenUri, keyId, privateKey } = options.credentials;

  const signAssertion = async (): Promise<string> =>
    signJwt(
      serviceAccountClaims({ clientEmail, tokenUri, scope: options.scope }, options.now()),
      await signingKeyOfPem(privateKey.reveal(), keyId),
    );

  return async () => {
    const issuedAtMs = options.now();
    const granted = await callTokenEndpoint(options.fetch, {
      operation: 'service account grant',
      url: tokenUri,
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion: await signAssertion(),
      }),
      answer: GrantAnswer,
    });
    if (!granted.ok) return granted;
    const { access_token: token, expires_in: seconds } = granted.value;
    return ok<IssuedToken>({ token, issuedAtMs, expiresAtMs: issuedAtMs + seconds * 1000 });
  };
}
