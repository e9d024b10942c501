import { cloudflareDeliveryQueue } from '@innkeeper/shared/adapters/cloudflare/delivery-queue';
import type { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
import { overflowBucket } from '@innkeeper/shared/adapters/cloudflare/overflow-bucket';
import { workerDocumentStore } from '@innkeeper/shared/adapters/cloudflare/worker-document-store';
import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import { consumeDeliveries } from '@innkeeper/shared/ingest/consume-deliveries';
import { parkDeadLetters } from '@innkeeper/shared/ingest/park-dead-letters';
import type { ConsumerPorts } from '@innkeeper/shared/ingest/settle-delivery';
import { createLog } from '@innkeeper/shared/log/log';
import { Config, HydrationConfig } from './config.ts';
import { createGuestySource } from './guesty-source.ts';
import { createHandler } from './handler.ts';
import type { GuestyHydration } from './hydration/guesty-hydration.ts';
import { hydrationReads } from './hydration/hydration-reads.ts';

export { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';
export { GuestyHydration } from './hydration/guesty-hydration.ts';

/** Bindings as `wrangler.jsonc` names them; the rest of the environment is parsed by `config.ts`. */
interface Bindings {
  readonly DELIVERIES: Queue<InboundDelivery>;
  readonly OVERFLOW: R2Bucket;
  readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper>;
  readonly HYDRATION: DurableObjectNamespace<GuestyHydration>;
}

const DEAD_LETTER_SUFFIX = '-dead';

/** Wired once per isolate: the configuration cannot change under a running one. */
let wired: ReturnType<typeof wire> | undefined;

function wire(environment: Bindings) {
  const config = parseConfig('guesty-webhook', Config, { ...environment });
  parseConfig('guesty-webhook', HydrationConfig, { ...environment }); // the Durable Object's, so that it cannot be missing only there
  const ports: ConsumerPorts = {
    store: workerDocumentStore(config.google, environment),
    overflow: overflowBucket(environment.OVERFLOW),
    log: createLog('guesty-webhook'),
    now: () => Date.now(),
    random: () => Math.random(),
    wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  };
  const handle = createHandler({
    ...ports,
    queue: cloudflareDeliveryQueue(environment.DELIVERIES),
    secrets: config.GUESTY_WEBHOOK_SECRETS,
  });
  const source = createGuestySource({ store: ports.store, reads: hydrationReads(environment.HYDRATION) });
  return { handle, ports, source };
}

export default {
  fetch: (request, environment) => {
    wired ??= wire(environment);
    return wired.handle(request);
  },
  queue: async (batch, environment) => {
    wired ??= wire(environment);
    const consume = batch.queue.endsWith(DEAD_LETTER_SUFFIX) ? parkDeadLetters : consumeDeliveries;
    await consume(wired.ports, wired.source, batch.messages);
  },
} satisfies ExportedHandler<Bindings, InboundDelivery>;
