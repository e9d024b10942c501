import { randomBytes } from 'node:crypto';
import * as z from 'zod';
import type { StandInDatabase } from '../document-table.ts';
import type { StandInReply, StandInRequest } from '../stand-in-server.ts';
import { oauthError } from './guesty-replies.ts';

/** The OAuth client-credentials endpoint with its quota, which is durable: a restart wins no new tokens. */
export interface GuestyTokens {
  answer(request: StandInRequest): StandInReply;
  isValid(authorization: string | undefined): boolean;
  setQuota(tokensPerDay: number | undefined): void;
}

export interface GuestyTokensOptions {
  readonly database: StandInDatabase;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => number;
}

const Grant = z.object({ token: z.string(), grantedAt: z.number() });

const TOKENS_PER_DAY = 5; // per API key, as documented
const LIFETIME_MS = 24 * 60 * 60 * 1000;

export function guestyTokens({ database, clientId, clientSecret, now }: GuestyTokensOptions): GuestyTokens {
  const grants = database.table('grants', row => Grant.parse(row));
  let quota: number | undefined = TOKENS_PER_DAY;
  const recent = () => grants.all().filter(grant => grant.grantedAt > now() - LIFETIME_MS);

  return {
    setQuota(tokensPerDay) {
      quota = tokensPerDay;
    },
    isValid: authorization => recent().some(grant => authorization === `Bearer ${grant.token}`),
    answer(request) {
      if (request.method !== 'POST') return oauthError(405, 'invalid_request', 'use POST');
      if (!(request.headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded')) {
        return oauthError(400, 'invalid_request', 'the body must be application/x-www-form-urlencoded');
      }
      const form = new URLSearchParams(request.body.toString('utf8'));
      if (form.get('grant_type') !== 'client_credentials') {
        return oauthError(400, 'unsupported_grant_type', 'grant_type must be client_credentials');
      }
      if (form.get('scope') !== 'open-api') return oauthError(400, 'invalid_scope', 'scope must be open-api');
      if (form.get('client_id') !== clientId || form.get('client_secret') !== clientSecret) {
        return oauthError(401, 'invalid_client', 'client authentication failed');
      }
      const granted = recent();
      const [oldest] = granted;
      if (quota !== undefined && oldest !== undefined && granted.length >= quota) {
        const waitMs = oldest.grantedAt + LIFETIME_MS - now();
        const headers = { 'retry-after': String(Math.ceil(waitMs / 1000)) };
        return oauthError(429, 'too_many_requests', 'token quota of this API key exceeded', headers);
      }
      const token = randomBytes(32).toString('base64url');
      grants.put(token, { token, grantedAt: now() });
      return {
        status: 200,
        body: { token_type: 'Bearer', access_token: token, expires_in: LIFETIME_MS / 1000, scope: 'open-api' },
      };
    },
  };
}
