import { DurableObject } from 'cloudflare:workers';
import { parseConfig } from '../../config/parse-config.ts';
import type { AccessTokenError } from '../../ports/access-tokens.ts';
import type { Result } from '../../result/result.ts';
import { GoogleAccessConfig } from '../google-auth/google-config.ts';
import { FIRESTORE_SCOPE, type GoogleScope } from '../google-auth/google-scope.ts';
import { googleTokenSource } from '../google-auth/google-token-source.ts';
import { type IssuedToken, KEEPER_REFRESH, type TokenSource } from '../google-auth/issued-token.ts';
import { createTokenCache } from '../google-auth/token-cache.ts';

/**
 * Durable Object that holds the one Google token of a Worker's whole fleet: fetched once however many isolates ask,
 * replaced before it runs out, and still known after the object was moved or restarted.
 */
const STORAGE_KEY = 'token';

export class GoogleTokenKeeper extends DurableObject<Record<string, unknown>> {
  readonly #tokens: TokenSource;

  /** A Worker that needs another scope than Firestore's has a subclass say so. */
  constructor(context: DurableObjectState, environment: Record<string, unknown>, scope: GoogleScope = FIRESTORE_SCOPE) {
    super(context, environment);
    const { google } = parseConfig('google-token-keeper', GoogleAccessConfig, environment);
    const now = () => Date.now();
    this.#tokens = createTokenCache({
      source: googleTokenSource({ credentials: google.credentials, scope, fetch: (...call) => fetch(...call), now }),
      now,
      policy: KEEPER_REFRESH,
      storage: {
        read: () => context.storage.get<IssuedToken>(STORAGE_KEY),
        write: token => context.storage.put(STORAGE_KEY, token),
      },
    });
  }

  /** The fleet's token; a new one if `refused` is the kept one. */
  issuedToken(refused?: string): Promise<Result<IssuedToken, AccessTokenError>> {
    return this.#tokens(refused);
  }
}
