import { Secret } from '../config/secret.ts';
import type { LiveSecrets } from '../ports/live-secrets.ts';

/**
 * What a webhook's edge accepts: the secrets of its environment and those of the subscriptions the Worker made itself,
 * kept for a while in the isolate so that a delivery costs no call. I/O: `ask`, the object that keeps the secrets.
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
const ASKS_MAX = 3;
const ASKS_WINDOW_MS = 30_000;
/** So long at most is a secret taken that is not valid any more. */
const KNOWN_MS = 5 * 60_000;
/** Part of the 4 s within which a sender has its answer; see `accept-delivery.ts`. */
const ANSWER_MS_MAX = 1_000;

export function createLiveSecrets({ configured, ask, now, wait }: LiveSecretsOptions): LiveSecrets {
  let kept: readonly Secret[] = [];
  /** Oldest first; the last one stays. */
  let asksAtMs: readonly number[] = [];
  let underWay: Promise<void> | undefined;

  const known = (): readonly Secret[] =>
    now() - (asksAtMs.at(-1) ?? Number.NEGATIVE_INFINITY) < KNOWN_MS ? [...configured, ...kept] : configured;

  const mayAsk = (): boolean => (asksAtMs.at(-ASKS_MAX) ?? Number.NEGATIVE_INFINITY) <= now() - ASKS_WINDOW_MS;

  const renew = async (): Promise<void> => {
    const answered = await Promise.race([ask().catch(() => undefined), wait(ANSWER_MS_MAX).then(() => undefined)]);
    asksAtMs = [...asksAtMs, now()].slice(-ASKS_MAX);
    // The object was away: what was known stays.
    if (answered === undefined) return;
    const before = new Map(kept.map(secret => [secret.reveal(), secret]));
    // The same secret stays the same thing: what the edge computed from it is kept by identity.
    kept = answered.map(text => before.get(text) ?? new Secret(text));
  };

  return {
    known,
    async renewed() {
      if (underWay !== undefined || mayAsk()) {
        underWay ??= renew().finally(() => {
          underWay = undefined;
        });
        await underWay;
      }
      return known();
    },
  };
}
