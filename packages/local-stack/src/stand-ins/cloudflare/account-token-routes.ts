import { randomBytes } from 'node:crypto';
import { page, refusal, result } from './cloudflare-replies.ts';
import type { CloudflareRoute } from './cloudflare-route.ts';
import type { AccountToken, CloudflareWorld } from './cloudflare-world.ts';

/** Tokens of the account. Rolling one gives it another value at once; the old one is refused from then on. */
export const ACCOUNT_TOKEN_ROUTES: readonly CloudflareRoute[] = [
  {
    method: 'GET',
    path: '/accounts/:account/tokens',
    rights: ['Account API Tokens Read', 'Account API Tokens Write'],
    answer: (world, { query }) =>
      page(
        [...world.accountTokens.values()].map(token => shown(world, token)),
        query,
      ),
  },
  {
    method: 'GET',
    path: '/accounts/:account/tokens/verify',
    rights: [],
    answer: (world, { token }) => {
      const own = [...world.accountTokens.values()].find(({ value }) => value === token);
      return own === undefined
        ? refusal(401, 1000, 'Invalid API Token')
        : result({
            id: own.id,
            status: 'active',
            ...(own.expiresOn === undefined ? {} : { expires_on: own.expiresOn }),
          });
    },
  },
  {
    method: 'PUT',
    path: '/accounts/:account/tokens/:id/value',
    rights: ['Account API Tokens Write'],
    answer: (world, { names, body }) => {
      if (JSON.stringify(body) !== '{}') return refusal(400, 1001, 'The body has to be an empty object');
      const token = world.accountTokens.get(names['id'] ?? '');
      if (token === undefined) return refusal(404, 1003, 'Invalid or missing Token ID');
      token.value = randomBytes(30).toString('base64url');
      token.modifiedOn = new Date(world.now()).toISOString();
      return result(token.value);
    },
  },
];

function shown(world: CloudflareWorld, { id, name, issuedOn, modifiedOn, expiresOn }: AccountToken): object {
  const isExpired = expiresOn !== undefined && Date.parse(expiresOn) <= world.now();
  return {
    id,
    name,
    status: isExpired ? 'expired' : 'active',
    issued_on: issuedOn,
    modified_on: modifiedOn,
    ...(expiresOn === undefined ? {} : { expires_on: expiresOn }),
  };
}
