import type { AccessTokens } from '../../ports/access-tokens.ts';
import { err, ok } from '../../result/result.ts';
import { ISOLATE_REFRESH, type IssuedToken, isFresh, isUsable, type TokenSource } from '../google-auth/issued-token.ts';

/**
 * `AccessTokens` of one isolate: the fleet's token from its Durable Object, remembered here until it nears its end.
 * Requests of an isolate do not wait for each other's call: workerd forbids awaiting another request's I/O, and the
 * object itself makes many askers one call to Google.
 */
export function durableAccessTokens(options: { keeper: TokenSource; now: () => number }): AccessTokens {
  let kept: IssuedToken | undefined;
  return {
    token: async request => {
      const refused = request?.refused;
      const usable = kept !== undefined && kept.token !== refused && isUsable(kept, options.now()) ? kept : undefined;
      if (usable !== undefined && isFresh(usable, options.now(), ISOLATE_REFRESH)) return ok(usable.token);
      const issued = await ask(options.keeper, refused);
      if (issued.ok) {
        kept = issued.value;
        return ok(issued.value.token);
      }
      return usable === undefined ? issued : ok(usable.token);
    },
  };
}

async function ask(keeper: TokenSource, refused: string | undefined): ReturnType<TokenSource> {
  try {
    return await keeper(refused);
  } catch (error) {
    const reason = error instanceof Error ? error.name : 'unknown error';
    return err({ kind: 'unavailable', detail: `token keeper: no answer (${reason})` });
  }
}
