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
import { aircallSource } from './aircall-source.ts';
import { Config } from './config.ts';
import { createHandler } from './handler.ts';

export { GoogleTokenKeeper } from '@innkeeper/shared/adapters/cloudflare/google-token-keeper';

/** Bindings as `wrangler.jsonc` names them; the rest of the environment is parsed by `config.ts`. */
interface Bindings {
  readonly DELIVERIES: Queue<InboundDelivery>;
  readonly OVERFLOW: R2Bucket;
  readonly GOOGLE_TOKEN: DurableObjectNamespace<GoogleTokenKeeper>;
}

const DEAD_LETTER_SUFFIX = '-dead';

/** Wired once per isolate: the configuration cannot change under a running one. */
let wired: ReturnType<typeof wire> | undefined;

function wire(environment: Bindings) {
  const config = parseConfig('aircall-webhook', Config, { ...environment });
  const ports: ConsumerPorts = {
    store: workerDocumentStore(config.google, environment),
    overflow: overflowBucket(environment.OVERFLOW),
    log: createLog('aircall-webhook'),
    now: () => Date.now(),
    random: () => Math.random(),
    wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  };
  const handle = createHandler({
    ...ports,
    queue: cloudflareDeliveryQueue(environment.DELIVERIES),
    tokens: config.AIRCALL_WEBHOOK_TOKENS,
  });
  return { handle, ports };
}

export default {
  fetch: (request, environment) => {
    wired ??= wire(environment);
    return wired.handle(request);
  },
  queue: async (batch, environment) => {
    wired ??= wire(environment);
    const consume = batch.queue.endsWith(DEAD_LETTER_SUFFIX) ? parkDeadLetters : consumeDeliveries;
    await consume(wired.ports, aircallSource, batch.messages);
  },
} satisfies ExportedHandler<Bindings, InboundDelivery>;
