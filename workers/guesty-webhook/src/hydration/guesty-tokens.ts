import type { GrantedToken } from '@innkeeper/shared/adapters/guesty/guesty-client';
import type { VendorError } from '@innkeeper/shared/adapters/http/vendor-reply';
import { err, ok, type Result } from '@innkeeper/shared/result/result';

/**
 * Guesty grants five tokens per key in 24 hours, then locks the key out. So there is one token for all, kept where a
 * crash does not lose it, fetched by one asker for everybody, and every attempt is written down before it is made.
 */
export interface GuestyTokens {
  /** `refused`: the token the API just turned away. */
  readonly token: (refused?: string) => Promise<Result<string, VendorError>>;
  /** How it stands, without asking for one. */
  readonly standing: () => Promise<TokenStanding>;
}

export interface TokenStanding {
  /** Absent where there is no usable token. */
  readonly expiresAtMs?: number;
  /** Of the five in 24 hours. */
  readonly attemptsLeft: number;
}

export interface TokenStorage {
  readonly read: () => Promise<TokenState | undefined>;
  readonly write: (state: TokenState) => Promise<void>;
}

export interface TokenState {
  readonly token?: string;
  readonly grantedAtMs?: number;
  readonly expiresAtMs?: number;
  /** Begin of each attempt of the last 24 hours, oldest first. */
  readonly attemptsAtMs: readonly number[];
  /** The vendor asked not to be asked before. */
  readonly closedUntilMs?: number;
}

export interface GuestyTokensOptions {
  readonly storage: TokenStorage;
  readonly request: () => Promise<Result<GrantedToken, VendorError>>;
  readonly now: () => number;
}

const QUOTA_WINDOW_MS = 24 * 3_600_000;
const QUOTA = 5;
/** A token is replaced before it runs out, so that no read begins with one that ends under way. */
const EXPIRY_MARGIN_MS = 5 * 60_000;
/**
 * How old the last attempt must be before the next, by attempts made in 24 hours: two are free, so that a revoked token
 * is replaced at once; what then still fails is no accident, and the rest of the quota is spread over the day.
 */
const SPACING_MS = [0, 0, 15 * 60_000, 60 * 60_000, 4 * 3_600_000];
/** Where the vendor limits us without saying for how long. */
const LIMITED_WAIT_MS = 15 * 60_000;

export function createGuestyTokens(options: GuestyTokensOptions): GuestyTokens {
  let underWay: Promise<Result<string, VendorError>> | undefined;

  const renew = async (refused: string | undefined): Promise<Result<string, VendorError>> => {
    const nowMs = options.now();
    const state = (await options.storage.read()) ?? { attemptsAtMs: [] };
    const usable = state.token !== undefined && (state.expiresAtMs ?? 0) - EXPIRY_MARGIN_MS > nowMs;
    if (usable && state.token !== undefined && state.token !== refused) return ok(state.token);

    const attempts = state.attemptsAtMs.filter(at => at > nowMs - QUOTA_WINDOW_MS);
    const waitMs = Math.max(waitForQuota(attempts, nowMs), (state.closedUntilMs ?? 0) - nowMs);
    if (waitMs > 0) return err({ kind: 'limited', retryAfterMs: waitMs });

    const { token: _gone, ...rest } = state;
    const noted = { ...rest, attemptsAtMs: [...attempts, nowMs] };
    await options.storage.write(noted);
    const granted = await options.request();
    if (!granted.ok) {
      if (granted.error.kind === 'limited') {
        await options.storage.write({
          ...noted,
          closedUntilMs: nowMs + (granted.error.retryAfterMs ?? LIMITED_WAIT_MS),
        });
      }
      return granted;
    }
    const { token, expiresInMs } = granted.value;
    await options.storage.write({ ...noted, token, grantedAtMs: nowMs, expiresAtMs: nowMs + expiresInMs });
    return ok(token);
  };

  const share = (refused: string | undefined): Promise<Result<string, VendorError>> => {
    underWay ??= renew(refused).finally(() => {
      underWay = undefined;
    });
    return underWay;
  };

  return {
    token: async refused => {
      const shared = await share(refused);
      // Who joined a lookup that knew nothing of the refusal may have been handed the refused token again.
      return shared.ok && shared.value === refused ? share(refused) : shared;
    },
    standing: async () => {
      const nowMs = options.now();
      const { attemptsAtMs = [], expiresAtMs = 0, token } = (await options.storage.read()) ?? {};
      const attemptsLeft = Math.max(0, QUOTA - attemptsAtMs.filter(at => at > nowMs - QUOTA_WINDOW_MS).length);
      return token !== undefined && expiresAtMs > nowMs ? { expiresAtMs, attemptsLeft } : { attemptsLeft };
    },
  };
}

function waitForQuota(attempts: readonly number[], nowMs: number): number {
  if (attempts.length >= QUOTA) return (attempts[attempts.length - QUOTA] ?? nowMs) + QUOTA_WINDOW_MS - nowMs;
  const last = attempts.at(-1);
  return last === undefined ? 0 : last + (SPACING_MS[attempts.length] ?? 0) - nowMs;
}
