import { mkdirSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';
import { createLog, type Log } from '@innkeeper/shared/log/log';
import { readBody, sendJson, serveLocal } from '../http/serve-local.ts';
import { systemClock } from '../queues/clock.ts';
import type { DispatchLoop } from '../queues/dispatch-loop.ts';
import { type Route, startCourier } from './courier.ts';
import { type DeliveryStore, openDeliveryStore, type PendingDeliveries } from './delivery-store.ts';
import { deliverFirestoreEvent, type FirestoreTriggers, firestoreTriggers } from './firestore-triggers.ts';
import type { GatewayConfig, ScheduledJob } from './gateway-config.ts';
import { invoke } from './invoke.ts';
import { type OidcIssuer, openOidcIssuer } from './oidc-issuer.ts';
import { pubsubApi } from './pubsub-api.ts';
import { type AttributeFilter, parsePubsubFilter } from './pubsub-filter.ts';
import { pushRoute, type SubscriptionPull, startPulling } from './pubsub-subscription.ts';
import { startScheduler } from './scheduler.ts';
import { type PingWatch, watchPings } from './watch-pings.ts';

/**
 * Gives the Google emulators what they lack beside production: Firestore events are repaired, kept and retried until
 * their function takes them; Pub/Sub messages are filtered, pushed with a token, counted and dead-lettered. And calls
 * private functions at their times, as Cloud Scheduler does.
 */
export interface EventGateway {
  readonly url: string;
  /** Per trigger and subscription. */
  pending(): Readonly<Record<string, PendingDeliveries>>;
  close(): Promise<void>;
}

export interface EventGatewayOptions {
  readonly config: GatewayConfig;
  readonly stateDirectory: string;
  /** Where the Firestore emulator was told to send its events (`--functions_emulator`); 0 takes a free port. */
  readonly port: number;
  readonly log?: Log;
  /** Called when an event could not be stored: the emulator will not send it again, only a new start finds it. */
  readonly onEventLost?: (error: unknown) => void;
}

const TRIGGER_CALLS_MAX = 16;
const INVOKE_PATH = /^\/invoke\/([a-z][a-z0-9-]*)$/u;
const TRIGGER_PATH = /^\/functions\/projects\/[^/]+\/triggers\/([^/]+)$/u;
/** A restarted emulator knows no triggers; telling it again costs a millisecond. */
const REGISTER_EVERY_MS = 2_000;

export async function startEventGateway(options: EventGatewayOptions): Promise<EventGateway> {
  const { config, stateDirectory, log = createLog('gateway') } = options;
  mkdirSync(stateDirectory, { recursive: true });
  const now = (): number => systemClock.now();
  const store = openDeliveryStore(path.join(stateDirectory, 'events.sqlite'), now);
  const issuer = await openOidcIssuer({ stateDirectory, issuer: config.issuer, now });
  const watch = watchPings(now);
  const couriers = new Map<string, DispatchLoop>();
  const startRoute = (route: Route): void => {
    const courier = startCourier({ route, store, clock: systemClock, random: Math.random, log });
    couriers.set(route.name, courier);
    courier.wake();
  };

  const triggers =
    config.firestore === undefined
      ? undefined
      : firestoreTriggers({
          projectId: config.projectId,
          firestore: config.firestore,
          store,
          now,
          log,
          onStored: trigger => couriers.get(trigger)?.wake(),
        });
  // Before anybody can find this gateway well: what is published to a topic without a subscription is gone.
  const pulls = await startSubscriptions(config, { store, issuer, log, couriers, startRoute });
  const server = await serveLocal({
    name: 'gateway',
    port: options.port,
    handle: async (request, response) => {
      try {
        await answer(request, response, { triggers, issuer, pending, jobs: config.jobs, watch });
      } catch (error) {
        options.onEventLost?.(error);
        throw error;
      }
    },
  });

  function pending(): Record<string, PendingDeliveries> {
    return Object.fromEntries([...couriers.keys()].map(route => [route, store.pending(route)]));
  }

  if (triggers !== undefined && config.firestore !== undefined) {
    for (const route of triggerRoutes(config.firestore)) startRoute(route);
    await triggers.register();
    await triggers.catchUp();
  }
  const registration = setInterval(() => {
    triggers?.register().catch((error: unknown) => log.warn('trigger.register_failed', { error: String(error) }));
  }, REGISTER_EVERY_MS);
  const scheduler = startScheduler(config.jobs, { issuer, log });
  return {
    url: server.url,
    pending,
    async close() {
      clearInterval(registration);
      await scheduler.stop();
      await Promise.all(pulls.map(pull => pull.stop()));
      await server.close();
      await Promise.all([...couriers.values()].map(courier => courier.stop()));
      store.close();
    },
  };
}

function triggerRoutes(firestore: NonNullable<GatewayConfig['firestore']>): Route[] {
  return firestore.triggers.map(trigger => ({
    name: trigger.name,
    concurrencyMax: TRIGGER_CALLS_MAX,
    backOff: firestore.backOff,
    attempt: delivery => deliverFirestoreEvent(trigger.url, delivery),
    isExhausted: (delivery, nowMs) => nowMs - delivery.acceptedAtMs >= firestore.eventAgeMsMax,
    giveUp: () => Promise.resolve(), // Eventarc's Firestore triggers have no dead letter: the event is gone.
  }));
}

async function startSubscriptions(
  config: GatewayConfig,
  parts: {
    store: DeliveryStore;
    issuer: OidcIssuer;
    log: Log;
    couriers: ReadonlyMap<string, DispatchLoop>;
    startRoute: (route: Route) => void;
  },
): Promise<SubscriptionPull[]> {
  if (config.pubsub === undefined) return [];
  const { host, topics, subscriptions } = config.pubsub;
  const api = pubsubApi(host, config.projectId);
  for (const topic of topics) await api.ensureTopic(topic);

  const pulls: SubscriptionPull[] = [];
  for (const subscription of subscriptions) {
    const filter = filterOf(subscription.name, subscription.filter);
    const prepare = async (): Promise<void> => {
      await api.ensureTopic(subscription.topic);
      if (subscription.deadLetter !== undefined) await api.ensureTopic(subscription.deadLetter.topic);
      await api.ensureSubscription(subscription.name, subscription.topic, {
        ordered: subscription.enableMessageOrdering,
        ackDeadlineSeconds: subscription.ackDeadlineSeconds,
      });
    };
    await prepare();
    parts.startRoute(pushRoute({ projectId: config.projectId, subscription, issuer: parts.issuer, api }));
    const onStored = (): void => parts.couriers.get(subscription.name)?.wake();
    pulls.push(startPulling({ subscription, filter, api, store: parts.store, log: parts.log, prepare, onStored }));
  }
  return pulls;
}

function filterOf(subscription: string, text: string | undefined): AttributeFilter {
  if (text === undefined) return () => true;
  const filter = parsePubsubFilter(text);
  if (!filter.ok) throw new Error(`the filter of subscription ${subscription}: ${filter.error.detail}`);
  return filter.value;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  gateway: {
    triggers: FirestoreTriggers | undefined;
    issuer: OidcIssuer;
    pending: () => Record<string, PendingDeliveries>;
    jobs: readonly ScheduledJob[];
    watch: PingWatch;
  },
): Promise<void> {
  const url = request.url ?? '/';
  const named = INVOKE_PATH.exec(url)?.[1];
  const job = gateway.jobs.find(({ name }) => name === named);
  if (job !== undefined && request.method === 'POST') {
    const answered = await invoke(gateway.issuer, job, (await readBody(request)).toString());
    response.writeHead(answered.status, { 'content-type': answered.contentType }).end(answered.body);
    return;
  }
  const trigger = TRIGGER_PATH.exec(url)?.[1];
  if (trigger !== undefined) {
    const accepted = gateway.triggers?.accept(trigger, request.headers, await readBody(request)) ?? false;
    response.writeHead(accepted ? 200 : 404).end();
    return;
  }
  if (gateway.watch.take(url)) return sendJson(response, 200, { ok: true });
  switch (url) {
    case '/_control/pings':
      return sendJson(response, 200, { pings: gateway.watch.pings });
    case '/_control/health':
      return sendJson(response, 200, { ok: true, name: 'gateway' });
    case '/_control/pending':
      return sendJson(response, 200, { pending: gateway.pending() });
    case '/oauth2/v3/certs':
      return sendJson(response, 200, gateway.issuer.jwks);
    default:
      return sendJson(response, 404, { error: 'not found' });
  }
}
