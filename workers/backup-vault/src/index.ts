import type { RepositoryLedger } from './ledger/repository-ledger.ts';
import { wire } from './wire.ts';

export { RepositoryLedger } from './ledger/repository-ledger.ts';

interface Bindings {
  readonly BUCKET: R2Bucket;
  readonly LEDGER: DurableObjectNamespace<RepositoryLedger>;
}

/** Wired once per isolate: the configuration cannot change under a running one. */
let wired: ReturnType<typeof wire> | undefined;

export default {
  fetch: (request, environment) => {
    wired ??= wire(environment, () => new Date());
    return wired(request);
  },
} satisfies ExportedHandler<Bindings>;
