import { Secret } from '../config/secret.ts';
import type { LiveSecrets } from '../ports/live-secrets.ts';

/**
 * What a webhook's edge accepts: the secrets of its environment and those of the subscriptions the Worker made itself,
 * kept for a while in the isolate so that a delivery costs no call. Every request that asks waits for its own call: a
 * request that is cut off takes its calls with it, and whoever waited for them would wait for ever. I/O: `ask`, the object
 * that keeps the secrets.
 */
export interface LiveSecretsOptions {
  /** From the environment; always taken. */
  readonly configured: readonly Secret[];
  readonly ask: () => Promise<readonly string[]>;
  readonly now: () => number;
  /** Rejects or resolves after so many ms. */
  readonly wait: (milliseconds: number) => Promise<unknown>;
}

/** Strangers with wrong signatures cause no more than this; two secrets that are new at once need more than one. */
const TURNS_MAX = 3;
const TURNS_WINDOW_MS = 30_000;
/** So long at most is a secret taken that is not valid any more. */
const KNOWN_MS = 5 * 60_000;
/** Part of the 4 s within which a sender has its answer; see `accept-delivery.ts`. */
const ANSWER_MS_MAX = 1_000;

export function createLiveSecrets({ configured, ask, now, wait }: LiveSecretsOptions): LiveSecrets {
  let kept: readonly Secret[] = [];
  /** When turns of asking ended, oldest first; the last one stays. */
  let endsAtMs: readonly number[] = [];
  /** The turn that others may join: until its first call ended, or would have. */
  let openedAtMs = Number.NEGATIVE_INFINITY;

  const endAtMs = (age: number): number => endsAtMs.at(-age) ?? Number.NEGATIVE_INFINITY;

  const known = (): readonly Secret[] => (now() - endAtMs(1) < KNOWN_MS ? [...configured, ...kept] : configured);

  /** Who comes while others ask asks, too: turned away, it would be a delivery refused for its company. */
  const mayAsk = (): boolean => {
    if (now() - openedAtMs < ANSWER_MS_MAX) return true;
    if (endAtMs(TURNS_MAX) > now() - TURNS_WINDOW_MS) return false;
    openedAtMs = now();
    return true;
  };

  const renew = async (): Promise<void> => {
    const answered = await Promise.race([ask().catch(() => undefined), wait(ANSWER_MS_MAX).then(() => undefined)]);
    if (openedAtMs !== Number.NEGATIVE_INFINITY) endsAtMs = [...endsAtMs, now()].slice(-TURNS_MAX);
    openedAtMs = Number.NEGATIVE_INFINITY;
    // The object was away: what was known stays.
    if (answered === undefined) return;
    const before = new Map(kept.map(secret => [secret.reveal(), secret]));
    // The same secret stays the same thing: what the edge computed from it is kept by identity.
    kept = answered.map(text => before.get(text) ?? new Secret(text));
  };

  return {
    known,
    async renewed() {
      if (mayAsk()) await renew();
      return known();
    },
  };
}
