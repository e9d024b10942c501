import type { JWK } from 'jose';
import * as z from 'zod';
import { parseJson, type StandInReply, type StandInRequest } from '../stand-ins/stand-in-server.ts';
import { type AssertionFault, checkAssertion } from './check-assertion.ts';
import { apiError, bearerOf, invalidCredentials, oauthError } from './google-answers.ts';
import type { IssuedTokens } from './issued-tokens.ts';

/**
 * Google's three ways to a bearer token: Security Token Service, IAM Credentials and the OAuth JWT bearer grant. Each
 * checks what Google checks and refuses in Google's words; what it issues, the Firestore proxy accepts.
 */
export interface WorkloadProvider {
  /** `//iam.googleapis.com/projects/…/providers/…` */
  readonly audience: string;
  readonly issuer: string;
  /** The one subject the provider's condition lets in. */
  readonly subject: string;
  readonly publicKeys: readonly JWK[];
}

export interface ServiceAccount {
  readonly email: string;
  /** Keys of its key files; none where it is only impersonated. */
  readonly publicKeys: readonly JWK[];
}

export interface TokenEndpointOptions {
  readonly tokens: IssuedTokens;
  readonly now: () => number;
  readonly tokenLifetimeMs: number;
  readonly workload: WorkloadProvider;
  readonly serviceAccounts: readonly ServiceAccount[];
  /** Where the JWT bearer grant is reached: the audience its assertions must name. */
  readonly tokenUri: () => string;
}

const SCOPES = /^https:\/\/www\.googleapis\.com\/auth\/[a-z.-]+( https:\/\/www\.googleapis\.com\/auth\/[a-z.-]+)*$/u;
const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token';
const SUBJECT_TOKEN_TYPES = new Set([
  'urn:ietf:params:oauth:token-type:jwt',
  'urn:ietf:params:oauth:token-type:id_token',
]);

const formOf = (request: StandInRequest): URLSearchParams | undefined =>
  (request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')
    ? new URLSearchParams(request.body.toString('utf8'))
    : undefined;

/** `POST /v1/token` of sts.googleapis.com. */
export async function exchangeToken(request: StandInRequest, options: TokenEndpointOptions): Promise<StandInReply> {
  const form = formOf(request);
  if (form === undefined) return oauthError('invalid_request', 'The request body is not form-encoded.');
  if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:token-exchange') {
    return oauthError('unsupported_grant_type', 'The grant type is not supported.');
  }
  if (
    form.get('requested_token_type') !== ACCESS_TOKEN ||
    !SUBJECT_TOKEN_TYPES.has(form.get('subject_token_type') ?? '')
  ) {
    return oauthError('invalid_request', 'Invalid value for a token type.');
  }
  const scope = form.get('scope') ?? '';
  if (!SCOPES.test(scope)) return oauthError('invalid_scope', 'Invalid OAuth scope.');
  const { workload } = options;
  if (form.get('audience') !== workload.audience) {
    return oauthError(
      'invalid_target',
      'The target service indicated by the "audience" parameters is invalid. This might either be because the pool or provider is disabled or deleted or because it does not exist.',
    );
  }
  const rules = {
    keys: workload.publicKeys,
    issuer: workload.issuer,
    audiences: [workload.audience, `https:${workload.audience}`],
  };
  const checked = await checkAssertion(form.get('subject_token') ?? '', rules, options.now());
  if (!checked.ok) return oauthError('invalid_grant', EXCHANGE_FAULTS[checked.error]);
  if (checked.value.sub !== workload.subject) {
    return oauthError('unauthorized_client', 'The given credential is rejected by the attribute condition.');
  }
  const pool = workload.audience.split('/providers/', 1)[0] ?? '';
  const principal = `principal:${pool}/subject/${workload.subject}`;
  // No token outlives the credential it was given for.
  const lifetimeMs = Math.min(options.tokenLifetimeMs, (checked.value.exp ?? 0) * 1000 - options.now());
  const expiresAtMs = options.now() + lifetimeMs;
  return {
    status: 200,
    body: {
      access_token: options.tokens.issue({ principal, scope, expiresAtMs }),
      issued_token_type: ACCESS_TOKEN,
      token_type: 'Bearer',
      expires_in: Math.floor(lifetimeMs / 1000),
    },
  };
}

const EXCHANGE_FAULTS: Record<AssertionFault, string> = {
  signature: 'Unable to verify the signature of the ID Token.',
  issuer: 'The issuer in ID Token does not match the expected ones.',
  audience: 'The audience in ID Token does not match the expected audience.',
  expired: 'ID Token is stale to sign-in.',
  times: 'The times in ID Token are not acceptable.',
  malformed: 'Unable to parse the ID Token.',
};

export const IMPERSONATION_PATH = /^\/v1\/projects\/-\/serviceAccounts\/([^/:]+):generateAccessToken$/u;

const ImpersonationBody = z.object({
  scope: z.array(z.string().regex(SCOPES)).min(1),
  lifetime: z
    .string()
    .regex(/^\d{1,5}s$/u)
    .default('3600s'),
});
const IMPERSONATION_LIFETIME_MAX_S = 3_600;

/** `generateAccessToken` of iamcredentials.googleapis.com: the federated identity may act as every account here. */
export function impersonate(request: StandInRequest, email: string, options: TokenEndpointOptions): StandInReply {
  const caller = options.tokens.find(bearerOf(request) ?? '');
  if (caller === undefined) return invalidCredentials();
  const known = options.serviceAccounts.some(account => account.email === email);
  if (!known || !caller.principal.startsWith('principal:')) {
    return apiError(
      'PERMISSION_DENIED',
      "Permission 'iam.serviceAccounts.getAccessToken' denied on resource (or it may not exist).",
    );
  }
  const body = ImpersonationBody.safeParse(parseJson(request.body));
  const seconds = body.success ? Number.parseInt(body.data.lifetime, 10) : 0;
  if (!body.success || seconds < 1 || seconds > IMPERSONATION_LIFETIME_MAX_S) {
    return apiError('INVALID_ARGUMENT', 'Request contains an invalid argument.');
  }
  const expiresAtMs = options.now() + Math.min(seconds * 1000, options.tokenLifetimeMs);
  return {
    status: 200,
    body: {
      accessToken: options.tokens.issue({ principal: email, scope: body.data.scope.join(' '), expiresAtMs }),
      expireTime: new Date(expiresAtMs).toISOString(),
    },
  };
}

/** `POST /token` of oauth2.googleapis.com. */
export async function grantByAssertion(request: StandInRequest, options: TokenEndpointOptions): Promise<StandInReply> {
  const form = formOf(request);
  if (form?.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer') {
    return oauthError('unsupported_grant_type', 'Invalid grant_type');
  }
  const assertion = form.get('assertion') ?? '';
  const account = options.serviceAccounts.find(({ email }) => email === claimedIssuer(assertion));
  if (account === undefined) return oauthError('invalid_grant', 'Invalid grant: account not found');
  const rules = { keys: account.publicKeys, issuer: account.email, audiences: [options.tokenUri()] };
  const checked = await checkAssertion(assertion, rules, options.now());
  if (!checked.ok) return oauthError('invalid_grant', GRANT_FAULTS[checked.error]);
  const claimed = checked.value['scope'];
  const scope = typeof claimed === 'string' ? claimed : '';
  if (!SCOPES.test(scope)) {
    return oauthError('invalid_scope', 'Invalid OAuth scope or ID token audience provided.');
  }
  const expiresAtMs = options.now() + options.tokenLifetimeMs;
  return {
    status: 200,
    body: {
      access_token: options.tokens.issue({ principal: account.email, scope, expiresAtMs }),
      token_type: 'Bearer',
      expires_in: Math.floor(options.tokenLifetimeMs / 1000),
    },
  };
}

const TIMEFRAME =
  'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.';
const GRANT_FAULTS: Record<AssertionFault, string> = {
  signature: 'Invalid JWT Signature.',
  issuer: 'Invalid grant: account not found',
  audience: 'Invalid JWT: Failed audience check.',
  expired: TIMEFRAME,
  times: TIMEFRAME,
  malformed: 'Invalid JWT.',
};

/** Only chooses whose keys to check with. */
function claimedIssuer(assertion: string): string | undefined {
  const claims = parseJson(Buffer.from(assertion.split('.')[1] ?? '', 'base64url'));
  const parsed = z.object({ iss: z.string() }).safeParse(claims);
  return parsed.success ? parsed.data.iss : undefined;
}
