/**
 * How the client keeps to Rocket.Chat's limit of calls: asked before each call, told after each reply. Pure.
 *
 * Rocket.Chat counts per endpoint, 10 calls in 60 s unless its settings say otherwise. Whoever is counted finds
 * `x-ratelimit-*` in every reply; a user whose role has `api-bypass-rate-limit` (stock: `admin` and `bot`) is not
 * counted and finds none. So any reply tells, without a permission to read permissions.
 */
import type { ChatError } from '../../ports/team-chat.ts';
import type { Result } from '../../result/result.ts';

export interface RocketChatPace {
  /** Before every call of `chat.sendMessage` and others; a failure is answered instead of calling. */
  turn(endpoint: string): Promise<Result<void, ChatError>>;
  /** After every reply that tells something of the limit. Must not throw. */
  heard(endpoint: string, limit: LimitHeard): void;
}

export type LimitHeard =
  | { readonly kind: 'exempt' }
  | { readonly kind: 'limited' }
  /** This call was refused. */
  | { readonly kind: 'refused'; readonly retryAfterMs: number };

/** Rocket.Chat's own interval, where a refusal does not say how long it lasts. */
const INTERVAL_MS = 60_000;

/** What a reply says of the limit; undefined for one that never came as far as the counter (a lost login, a proxy). */
export function limitHeard(status: number, headers: Headers, error: ChatError | undefined): LimitHeard | undefined {
  if (status === 429) {
    const told = error?.kind === 'unavailable' ? error.retryAfterMs : undefined;
    return { kind: 'refused', retryAfterMs: told ?? INTERVAL_MS };
  }
  if (headers.has('x-ratelimit-limit')) return { kind: 'limited' };
  return status === 200 ? { kind: 'exempt' } : undefined;
}
