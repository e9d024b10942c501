import { nameVersion, type VersionBinding } from '@innkeeper/shared/http-edge/name-version';
import type { RepositoryLedger } from './ledger/repository-ledger.ts';
import { wire } from './wire.ts';

export { RepositoryLedger } from './ledger/repository-ledger.ts';

interface Bindings extends VersionBinding {
  readonly BUCKET: R2Bucket;
  readonly LEDGER: DurableObjectNamespace<RepositoryLedger>;
}

/** Wired once per isolate: the configuration cannot change under a running one. */
let wired: ReturnType<typeof wire> | undefined;

export default {
  fetch: async (request, environment) => {
    wired ??= wire(environment, () => new Date());
    return nameVersion(await wired(request), environment);
  },
} satisfies ExportedHandler<Bindings>;
