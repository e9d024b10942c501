import type { AccessTokenError } from '../../ports/access-tokens.ts';
import { ok, type Result } from '../../result/result.ts';
import { type IssuedToken, isFresh, isUsable, type RefreshPolicy, type TokenSource } from './issued-token.ts';

/**
 * Keeps one token: replaces it early, once for all who ask meanwhile, and lives on the old one while a replacement is
 * not to be had. I/O only through `source` and `storage`.
 */
export interface TokenStorage {
  read(): Promise<IssuedToken | undefined>;
  write(token: IssuedToken): Promise<void>;
}

export interface TokenCacheOptions {
  readonly source: TokenSource;
  readonly now: () => number;
  readonly policy: RefreshPolicy;
  /** Survives the process; in memory only when absent. */
  readonly storage?: TokenStorage;
}

export function createTokenCache(options: TokenCacheOptions): TokenSource {
  let kept: IssuedToken | undefined;
  let restored = options.storage === undefined;
  let flight: Promise<Result<IssuedToken, AccessTokenError>> | undefined;

  const replace = async (refused: string | undefined): Promise<Result<IssuedToken, AccessTokenError>> => {
    const issued = await options.source(refused);
    if (issued.ok) {
      kept = issued.value;
      await options.storage?.write(issued.value);
      return issued;
    }
    const old = kept;
    return old !== undefined && old.token !== refused && isUsable(old, options.now()) ? ok(old) : issued;
  };

  const obtain = async (refused: string | undefined): Promise<Result<IssuedToken, AccessTokenError>> => {
    if (!restored) {
      kept = await options.storage?.read();
      restored = true;
    }
    const good = kept !== undefined && kept.token !== refused && isFresh(kept, options.now(), options.policy);
    return good && kept !== undefined ? ok(kept) : replace(refused);
  };

  const ask: TokenSource = async refused => {
    if (flight !== undefined) {
      const shared = await flight;
      return shared.ok && shared.value.token === refused ? ask(refused) : shared;
    }
    flight = obtain(refused).finally(() => {
      flight = undefined;
    });
    return flight;
  };
  return ask;
}
