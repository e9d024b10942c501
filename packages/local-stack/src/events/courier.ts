import type { Log } from '@innkeeper/shared/log/log';
import type { Clock } from '../queues/clock.ts';
import { type DispatchLoop, startDispatchLoop } from '../queues/dispatch-loop.ts';
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

export interface CourierOptions {
  readonly route: Route;
  readonly store: Pick<DeliveryStore, 'take' | 'settle' | 'postpone' | 'nextDueAtMs'>;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Log;
}

/** Carries a route's deliveries until each is accepted: at least once, in no promised order unless a key asks for it. */
export function startCourier({ route, store, clock, random, log }: CourierOptions): DispatchLoop {
  const carry = async (delivery: Delivery, isAbandoned: () => boolean): Promise<void> => {
    const accepted = await succeeds(route.attempt(delivery));
    if (isAbandoned()) return undefined;
    if (accepted) return store.settle(delivery.row);
    const failures = delivery.failures + 1;
    if (route.isExhausted({ ...delivery, failures }, clock.now())) {
      const gone = await succeeds(route.giveUp(delivery).then(() => true));
      if (isAbandoned()) return undefined;
      log.error('event.given_up', { route: route.name, eventId: delivery.eventId, failures, gone });
      if (gone) return store.settle(delivery.row);
    }
    log.warn('event.refused', { route: route.name, eventId: delivery.eventId, failures });
    return store.postpone(delivery.row, clock.now() + backOffMs(route.backOff, failures, random()));
  };

  return startDispatchLoop({
    clock,
    concurrencyMax: route.concurrencyMax,
    takeDue: free =>
      store.take(route.name, free).map(delivery => (isAbandoned: () => boolean) => carry(delivery, isAbandoned)),
    nextDueInMs() {
      const nextDueAtMs = store.nextDueAtMs(route.name);
      return nextDueAtMs === undefined ? undefined : nextDueAtMs - clock.now();
    },
  });
}

async function succeeds(attempt: Promise<boolean>): Promise<boolean> {
  try {
    return await attempt;
  } catch {
    return false; // Nobody listens, or it took too long: refused like any other answer.
  }
}
