import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok } from '@innkeeper/shared/result/result';
import type { SecretStore } from '../ports/secret-store.ts';

export interface Kept {
  readonly value: Secret;
  readonly createdAtMs: number;
}

/** A `SecretStore` in memory; only ids that `places` has can be used. */
export function memorySecretStore(now: () => number): SecretStore & { readonly places: Map<string, Kept[]> } {
  const places = new Map<string, Kept[]>();
  const missing = (what: string) => err({ kind: 'missing', service: 'Google', what });
  return {
    places,
    async versions(id) {
      const kept = places.get(id);
      if (kept === undefined) return missing(id);
      const found = kept.map(({ createdAtMs }, index) => ({ number: index + 1, createdAtMs, isEnabled: true }));
      return ok(found.toReversed());
    },
    async read(id, version) {
      const value = places.get(id)?.[version - 1]?.value;
      return value === undefined ? missing(id) : ok(value);
    },
    async add(id, value) {
      const kept = places.get(id);
      return kept === undefined ? missing(id) : ok(kept.push({ value, createdAtMs: now() }));
    },
    async mayAdd(id) {
      return places.has(id) ? ok(true) : missing(id);
    },
  };
}
