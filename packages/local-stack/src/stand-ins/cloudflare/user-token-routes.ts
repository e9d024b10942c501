import { refusal, result } from './cloudflare-replies.ts';
import type { CloudflareRoute } from './cloudflare-route.ts';

/** A person's own token, which the account's address does not know. */
export const USER_TOKEN_ROUTES: readonly CloudflareRoute[] = [
  {
    method: 'GET',
    path: '/user/tokens/verify',
    rights: [],
    answer: (world, { token }) => {
      const caller = world.callers.get(token);
      if (caller === undefined) return refusal(401, 1000, 'Invalid API Token');
      const ends = caller.expiresAtMs;
      return result({ status: 'active', ...(ends === undefined ? {} : { expires_on: new Date(ends).toISOString() }) });
    },
  },
];
