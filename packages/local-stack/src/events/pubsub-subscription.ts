import { setTimeout as delay } from 'node:timers/promises';
import type { Log } from '@innkeeper/shared/log/log';
import { type BackOff, backOffMs } from './back-off.ts';
import type { Route } from './courier.ts';
import type { Delivery, DeliveryStore } from './delivery-store.ts';
import type { PushSubscription } from './gateway-config.ts';
import type { OidcIssuer } from './oidc-issuer.ts';
import type { PubsubApi } from './pubsub-api.ts';
import type { AttributeFilter } from './pubsub-filter.ts';
import { PubsubMessage, pushEnvelope } from './push-envelope.ts';

/**
 * One push subscription as Pub/Sub has it. The emulator is only the place where messages are published: they are pulled
 * from it at once, stored, acknowledged, and pushed from the store, with filter, token, attempt count and dead letter.
 */
export interface SubscriptionPull {
  /** Ends pulling; what was pulled is stored. */
  stop(): Promise<void>;
}

/** Between looks: at once after one that found something, then ever longer; nobody notices the longest. */
const POLL_MS: BackOff = { minMs: 25, maxMs: 200 };
const RETRY_MS = 500; // After the emulator was not there.

export function startPulling(options: {
  subscription: PushSubscription;
  filter: AttributeFilter;
  api: PubsubApi;
  store: Pick<DeliveryStore, 'add'>;
  log: Log;
  /** Makes what is pulled from; a restarted emulator has lost it. */
  prepare: () => Promise<void>;
  onStored: () => void;
}): SubscriptionPull {
  const { subscription, filter, api, store, log } = options;
  const stopping = new AbortController();
  const pause = (ms: number): Promise<void> => delay(ms, undefined, { signal: stopping.signal }).catch(() => undefined); // Only `stop` cuts it short.

  let emptyPulls = 0;
  const pullOnce = async (): Promise<void> => {
    const received = await api.pull(subscription.name);
    if (received.length === 0) {
      emptyPulls += 1;
      return pause(backOffMs(POLL_MS, emptyPulls, 1));
    }
    emptyPulls = 0;
    const wanted = received.filter(({ message }) => filter(message.attributes ?? {}));
    store.add(
      wanted.map(({ message }) => ({
        route: subscription.name,
        eventId: message.messageId,
        attributes: message,
        body: new Uint8Array(), // The whole message is in the attributes: the envelope is JSON.
        orderingKey: subscription.enableMessageOrdering ? (message.orderingKey ?? '') : '',
      })),
    );
    options.onStored();
    await api.acknowledge(
      subscription.name,
      received.map(({ ackId }) => ackId),
    );
  };

  const pullUntilStopped = async (): Promise<void> => {
    let prepared = true; // The gateway made everything before it started.
    while (!stopping.signal.aborted) {
      try {
        if (!prepared) await options.prepare();
        prepared = true;
        await pullOnce();
      } catch (error) {
        prepared = false;
        log.warn('subscription.pull_failed', { subscription: subscription.name, error: String(error) });
        await pause(RETRY_MS);
      }
    }
  };
  const pulling = pullUntilStopped();

  return {
    async stop() {
      stopping.abort();
      await pulling;
    },
  };
}

const CONCURRENCY_MAX = 16;
/** Pub/Sub keeps an unacknowledged message for seven days. */
const RETENTION_MS = 7 * 24 * 60 * 60 * 1000;

export function pushRoute(options: {
  projectId: string;
  subscription: PushSubscription;
  issuer: OidcIssuer;
  api: Pick<PubsubApi, 'publish'>;
}): Route {
  const { projectId, subscription, issuer, api } = options;
  const { deadLetter, oidc } = subscription;
  const fullName = `projects/${projectId}/subscriptions/${subscription.name}`;

  return {
    name: subscription.name,
    concurrencyMax: CONCURRENCY_MAX,
    backOff: subscription.backOff,
    async attempt(delivery) {
      const attemptNumber = deadLetter === undefined ? undefined : delivery.failures + 1;
      const response = await fetch(subscription.endpoint, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'user-agent': 'APIs-Google; (+https://developers.google.com/webmasters/APIs-Google.html)',
          ...(oidc === undefined ? {} : { authorization: `Bearer ${await issuer.tokenFor(oidc)}` }),
        },
        body: JSON.stringify(pushEnvelope(PubsubMessage.parse(delivery.attributes), fullName, attemptNumber)),
        signal: AbortSignal.timeout(subscription.ackDeadlineSeconds * 1000),
      });
      await response.arrayBuffer();
      return ACKNOWLEDGING.has(response.status);
    },
    isExhausted: (delivery, nowMs) =>
      nowMs - delivery.acceptedAtMs >= RETENTION_MS ||
      (deadLetter !== undefined && delivery.failures >= deadLetter.maxDeliveryAttempts),
    async giveUp(delivery) {
      if (deadLetter === undefined) return;
      await api.publish(deadLetter.topic, deadLetterMessage(delivery, subscription, projectId));
    },
  };
}

/** The only answers that Pub/Sub takes for an acknowledgement. */
const ACKNOWLEDGING = new Set([102, 200, 201, 202, 204]);

/** The message with the attributes that Pub/Sub adds when it forwards one. */
function deadLetterMessage(
  delivery: Delivery,
  subscription: PushSubscription,
  projectId: string,
): Omit<PubsubMessage, 'messageId' | 'publishTime'> {
  const { data, attributes, publishTime, orderingKey } = PubsubMessage.parse(delivery.attributes);
  return {
    ...(data === undefined ? {} : { data }),
    ...(orderingKey === undefined ? {} : { orderingKey }),
    attributes: {
      ...attributes,
      CloudPubSubDeadLetterSourceDeliveryCount: String(delivery.failures + 1),
      CloudPubSubDeadLetterSourceSubscription: subscription.name,
      CloudPubSubDeadLetterSourceSubscriptionProject: projectId,
      CloudPubSubDeadLetterSourceTopicPublishTime: publishTime,
    },
  };
}
