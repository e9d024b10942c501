import type { Log } from '@innkeeper/shared/log/log';
import type { Clock } from '../queues/clock.ts';
import { type BackOff, backOffMs } from './back-off.ts';
import type { Delivery, DeliveryStore } from './delivery-store.ts';

/** One receiver and how a delivery to it is made. */
export interface Route {
  readonly name: string;
  /** Makes one attempt; resolves with whether the receiver accepted. A rejection counts as a refusal. */
  readonly attempt: (delivery: Delivery) => Promise<boolean>;
  /** Attempts at the same time. */
  readonly concurrencyMax: number;
  readonly backOff: BackOff;
  /**
   * Called instead of another attempt once the route's patience is at an end; when it resolves the delivery is gone.
   * A rejection counts as one more refusal.
   */
  readonly giveUp: (delivery: Delivery) => Promise<void>;
  /** Whether a delivery that was just refused has had all its attempts. */
  readonly isExhausted: (delivery: Delivery, nowMs: number) => boolean;
}

export interface Courier {
  /** Looks for due deliveries. */
  wake(): void;
  /**
   * Starts no further attempt and waits for running ones, but not for ever: what is not settled then is delivered again
   * by the next process.
   */
  stop(): Promise<void>;
}

export interface CourierOptions {
  readonly route: Route;
  readonly store: Pick<DeliveryStore, 'take' | 'settle' | 'postpone' | 'nextDueAtMs'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** Of the ten seconds a process has to end. */
const STOP_MS_MAX = 5_000;

/** Carries a route's deliveries until each is accepted: at least once, in no promised order unless a key asks for it. */
export function startCourier({ route, store, clock, random, log }: CourierOptions): Courier {
  const running = new Set<Promise<void>>();
  const state = { stopped: false, abandoned: false };
  let cancelTimer: (() => void) | undefined;

  const carry = async (delivery: Delivery): Promise<void> => {
    const accepted = await succeeds(route.attempt(delivery));
    if (state.abandoned) return undefined;
    if (accepted) return store.settle(delivery.row);
    const failures = delivery.failures + 1;
    if (route.isExhausted({ ...delivery, failures }, clock.now())) {
      const gone = await succeeds(route.giveUp(delivery).then(() => true));
      if (state.abandoned) return undefined;
      log.error('event.given_up', { route: route.name, eventId: delivery.eventId, failures, gone });
      if (gone) return store.settle(delivery.row);
    }
    log.warn('event.refused', { route: route.name, eventId: delivery.eventId, failures });
    return store.postpone(delivery.row, clock.now() + backOffMs(route.backOff, failures, random()));
  };

  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    if (state.stopped) return;
    for (const delivery of store.take(route.name, route.concurrencyMax - running.size)) {
      const carrying = carry(delivery).finally(() => {
        running.delete(carrying);
        pump();
      });
      running.add(carrying);
    }
    if (running.size >= route.concurrencyMax) return;
    const nextDueAtMs = store.nextDueAtMs(route.name);
    if (nextDueAtMs !== undefined) cancelTimer = clock.after(Math.max(0, nextDueAtMs - clock.now()), pump);
  };

  return {
    wake: pump,
    async stop() {
      state.stopped = true;
      cancelTimer?.();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancelDeadline = clock.after(STOP_MS_MAX, resolve);
      await Promise.race([Promise.allSettled(running), late]);
      cancelDeadline();
      state.abandoned = true;
    },
  };
}

async function succeeds(attempt: Promise<boolean>): Promise<boolean> {
  try {
    return await attempt;
  } catch {
    return false; // Nobody listens, or it took too long: refused like any other answer.
  }
}
