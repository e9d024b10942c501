import { hydrationGate } from '@innkeeper/shared/adapters/cloudflare/durable-hydration-gate';
import type { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
import { type WebhookWorker, wireWebhookWorker } from '@innkeeper/shared/adapters/cloudflare/webhook-worker';
import { workerDocumentStore } from '@innkeeper/shared/adapters/cloudflare/worker-document-store';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import { nameVersion, type VersionBinding } from '@innkeeper/shared/http-edge/name-version';
import { Config, HydrationConfig } from './config.ts';
import { createGuestySource } from './guesty-source.ts';
import { createHandler } from './handler.ts';
import type { GuestyHydration } from './hydration/guesty-hydration.ts';
import type { GuestySubscription } from './subscription/guesty-subscription.ts';

export { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
export { GuestyHydration } from './hydration/guesty-hydration.ts';
export { GuestySubscription } from './subscription/guesty-subscription.ts';

/** Bindings as `wrangler.jsonc` names them; the rest of the environment is parsed by `config.ts`. */
interface Bindings extends VersionBinding {
  readonly DELIVERIES: Queue<InboundDelivery>;
  readonly OVERFLOW: R2Bucket;
  readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper>;
  readonly HYDRATION: DurableObjectNamespace<GuestyHydration>;
  readonly SUBSCRIPTION: DurableObjectNamespace<GuestySubscription>;
}

/** One object of each kind serves the whole fleet. */
const OBJECT_NAME = 'fleet';

/** Wired once per isolate: the configuration cannot change under a running one. */
let wired: WebhookWorker | undefined;

function wire(environment: Bindings): WebhookWorker {
  const config = parseConfig('guesty-webhook', Config, { ...environment });
  parseConfig('guesty-webhook', HydrationConfig, { ...environment }); // the Durable Objects', so that it cannot be missing only there
  return wireWebhookWorker({
    deployable: 'guesty-webhook',
    queue: environment.DELIVERIES,
    bucket: environment.OVERFLOW,
    store: workerDocumentStore(config.google, environment),
    gate: hydrationGate(environment.HYDRATION),
    hydration: () => environment.HYDRATION.getByName(OBJECT_NAME),
    subscription: () => environment.SUBSCRIPTION.getByName(OBJECT_NAME),
    token: () => environment.HYDRATION.getByName(OBJECT_NAME).token(),
    secrets: config.GUESTY_WEBHOOK_SECRETS,
    operatorTokens: config.OPERATOR_TOKENS,
    source: createGuestySource,
    handler: createHandler,
  });
}

export default {
  fetch: async (request, environment, context) =>
    nameVersion(await (wired ??= wire(environment)).fetch(request, context), environment),
  queue: (batch, environment) => (wired ??= wire(environment)).queue(batch),
  scheduled: (event, environment) => (wired ??= wire(environment)).scheduled(event.cron),
} satisfies ExportedHandler<Bindings, InboundDelivery>;
