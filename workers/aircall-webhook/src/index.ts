import { hydrationGate } from '@innkeeper/shared/adapters/cloudflare/durable-hydration-gate';
import type { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
import { type WebhookWorker, wireWebhookWorker } from '@innkeeper/shared/adapters/cloudflare/webhook-worker';
import { workerDocumentStore } from '@innkeeper/shared/adapters/cloudflare/worker-document-store';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import { nameVersion, type VersionBinding } from '@innkeeper/shared/http-edge/name-version';
import { createAircallSource } from './aircall-source.ts';
import { AircallConfig, Config } from './config.ts';
import { createHandler } from './handler.ts';
import type { AircallHydration } from './hydration/aircall-hydration.ts';
import type { AircallSubscription } from './subscription/aircall-subscription.ts';

export { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
export { AircallHydration } from './hydration/aircall-hydration.ts';
export { AircallSubscription } from './subscription/aircall-subscription.ts';

/** Bindings as `wrangler.jsonc` names them; the rest of the environment is parsed by `config.ts`. */
interface Bindings extends VersionBinding {
  readonly DELIVERIES: Queue<InboundDelivery>;
  readonly OVERFLOW: R2Bucket;
  readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper>;
  readonly HYDRATION: DurableObjectNamespace<AircallHydration>;
  readonly SUBSCRIPTION: DurableObjectNamespace<AircallSubscription>;
}

/** One object of each kind serves the whole fleet. */
const OBJECT_NAME = 'fleet';

/** Wired once per isolate: the configuration cannot change under a running one. */
let wired: WebhookWorker | undefined;

function wire(environment: Bindings): WebhookWorker {
  const config = parseConfig('aircall-webhook', Config, { ...environment });
  parseConfig('aircall-webhook', AircallConfig, { ...environment }); // the Durable Objects', so that it cannot be missing only there
  return wireWebhookWorker({
    deployable: 'aircall-webhook',
    queue: environment.DELIVERIES,
    bucket: environment.OVERFLOW,
    store: workerDocumentStore(config.google, environment),
    gate: hydrationGate(environment.HYDRATION),
    hydration: () => environment.HYDRATION.getByName(OBJECT_NAME),
    subscription: () => environment.SUBSCRIPTION.getByName(OBJECT_NAME),
    secrets: config.AIRCALL_WEBHOOK_TOKENS,
    operatorTokens: config.OPERATOR_TOKENS,
    source: createAircallSource,
    handler: createHandler,
  });
}

export default {
  fetch: async (request, environment, context) =>
    nameVersion(await (wired ??= wire(environment)).fetch(request, context), environment),
  queue: (batch, environment) => (wired ??= wire(environment)).queue(batch),
  scheduled: (event, environment) => (wired ??= wire(environment)).scheduled(event.cron),
} satisfies ExportedHandler<Bindings, InboundDelivery>;
