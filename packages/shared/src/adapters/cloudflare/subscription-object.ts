import { DurableObject } from 'cloudflare:workers';
import type { SubscriptionState } from '../../contracts/subscription-state.ts';
import { createLog } from '../../log/log.ts';
import type { Result } from '../../result/result.ts';
import {
  type ActionRefused,
  keepSubscription,
  type SubscriptionAction,
  type SubscriptionKeeping,
} from '../../subscription/keep-subscription.ts';
import type { Wanted } from '../../subscription/next-step.ts';
import type { SubscriptionBook } from '../../subscription/subscription-book.ts';
import type { WebhookRegistry } from '../../subscription/webhook-registry.ts';

/**
 * Durable Object that keeps a Worker's subscription at its vendor, and the secrets of it, for the whole fleet. Its alarm
 * asks again where the vendor was late or away; the Worker's cron calls `check`. Each vendor's Worker extends it.
 */
export interface SubscriptionParts {
  /** For logs. */
  readonly deployable: string;
  readonly registry: WebhookRegistry;
  readonly wanted: Wanted;
}

const STORAGE_KEY = 'subscription';
const ID_LENGTH = 12;

export abstract class SubscriptionObject extends DurableObject<Record<string, unknown>> {
  readonly #keeping: SubscriptionKeeping;

  constructor(context: DurableObjectState, environment: Record<string, unknown>, parts: SubscriptionParts) {
    super(context, environment);
    this.#keeping = keepSubscription({
      registry: parts.registry,
      wanted: parts.wanted,
      store: {
        read: () => context.storage.get<SubscriptionBook>(STORAGE_KEY),
        write: async book => {
          await context.storage.put(STORAGE_KEY, book);
          await context.storage.sync(); // a step at the vendor begins only once it would be found after a crash
        },
      },
      now: () => Date.now(),
      newId: () => crypto.randomUUID().replaceAll('-', '').slice(0, ID_LENGTH),
      log: createLog(parts.deployable),
    });
  }

  /** Every secret that may sign a delivery now. */
  secrets(): Promise<readonly string[]> {
    return this.#keeping.secrets();
  }

  state(): Promise<SubscriptionState> {
    return this.#keeping.state();
  }

  act(action: SubscriptionAction): Promise<Result<SubscriptionState, ActionRefused>> {
    return this.#thenRest(this.#keeping.act(action));
  }

  check(): Promise<SubscriptionState> {
    return this.#thenRest(this.#keeping.check());
  }

  override async alarm(): Promise<void> {
    await this.check();
  }

  async #thenRest<T>(work: Promise<T>): Promise<T> {
    const done = await work;
    const dueMs = await this.#keeping.dueMs();
    if (dueMs === undefined) await this.ctx.storage.deleteAlarm();
    else await this.ctx.storage.setAlarm(dueMs);
    return done;
  }
}
