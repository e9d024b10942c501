import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import type { WorkerSecrets } from '../ports/worker-secrets.ts';

/** `WorkerSecrets` in memory; only Workers that `deployed` has can be changed. */
export function memoryWorkerSecrets(): WorkerSecrets & { readonly deployed: Map<string, Map<string, Secret>> } {
  const deployed = new Map<string, Map<string, Secret>>();
  const missing = (what: string) => err({ kind: 'missing', service: 'Cloudflare', what });
  return {
    deployed,
    async names(worker) {
      const secrets = deployed.get(worker);
      return secrets === undefined ? missing(worker) : ok([...secrets.keys()]);
    },
    async change(worker, secrets) {
      const kept = deployed.get(worker);
      if (kept === undefined) return missing(worker);
      for (const [name, value] of Object.entries(secrets)) {
        if (value === undefined) kept.delete(name);
        else kept.set(name, value);
      }
      return ok(undefined);
    },
  };
}
