import * as z from 'zod/mini';
import { err, ok } from '../../result/result.ts';
import type { WorkloadCredentials } from './google-config.ts';
import type { GoogleScope } from './google-scope.ts';
import type { IssuedToken, TokenSource } from './issued-token.ts';
import { workloadClaims } from './jwt-claims.ts';
import { type PrivateJwk, signingKeyOfJwk, signJwt } from './sign-jwt.ts';
import { callTokenEndpoint } from './token-request.ts';

/**
 * Workload Identity Federation with a key of our own: a JWT we sign is exchanged at Google's Security Token Service, and,
 * where a service account is named, the federated token for one of that account. I/O through `fetch` only.
 */
const EXCHANGE_SCOPE = 'https://www.googleapis.com/auth/cloud-platform'; // what the exchange expects; IAM sets the rights
const ACCOUNT_TOKEN_LIFETIME = '3600s'; // the longest without an organisation policy

const ExchangeAnswer = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.number().check(z.positive()),
});
const ImpersonationAnswer = z.object({
  accessToken: z.string().check(z.minLength(1)),
  expireTime: z.iso.datetime({ offset: true }),
});

export function workloadIdentityTokens(options: {
  readonly credentials: WorkloadCredentials;
  readonly scope: GoogleScope;
  readonly fetch: typeof fetch;
  readonly now: () => number;
}): TokenSource {
  const { credentials, now } = options;

  const signAssertion = async (): Promise<string> => {
    const jwk = JSON.parse(credentials.key.reveal()) as PrivateJwk; // its form is checked with the configuration
    return signJwt(workloadClaims(credentials, now()), await signingKeyOfJwk(jwk));
  };

  const exchange = async () =>
    callTokenEndpoint(options.fetch, {
      operation: 'sts token exchange',
      url: credentials.stsUrl,
      body: new URLSearchParams({
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        audience: credentials.audience,
        scope: EXCHANGE_SCOPE,
        requested_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        subject_token_type: 'urn:ietf:params:oauth:token-type:jwt',
        subject_token: await signAssertion(),
      }),
      answer: ExchangeAnswer,
    });

  const impersonate = async (account: string, federatedToken: string) =>
    callTokenEndpoint(options.fetch, {
      operation: 'service account impersonation',
      url: `${credentials.iamCredentialsUrl}/projects/-/serviceAccounts/${account}:generateAccessToken`,
      headers: { authorization: `Bearer ${federatedToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ scope: [options.scope], lifetime: ACCOUNT_TOKEN_LIFETIME }),
      answer: ImpersonationAnswer,
    });

  return async () => {
    const issuedAtMs = now();
    const federated = await exchange();
    if (!federated.ok) return federated;
    if (credentials.serviceAccount === undefined) {
      const { access_token: token, expires_in: seconds } = federated.value;
      return ok<IssuedToken>({ token, issuedAtMs, expiresAtMs: issuedAtMs + seconds * 1000 });
    }
    const impersonated = await impersonate(credentials.serviceAccount, federated.value.access_token);
    if (!impersonated.ok) return err(impersonated.error);
    const { accessToken: token, expireTime } = impersonated.value;
    return ok<IssuedToken>({ token, issuedAtMs, expiresAtMs: Date.parse(expireTime) });
  };
}
