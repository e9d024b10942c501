import { ok } from '@innkeeper/shared/result/result';
import type { SecretVersion, SecretVersions } from '../ports/secret-versions.ts';

/** Versions by secret, the first is number 1. */
export type VersionRows = Readonly<
  Record<string, readonly { readonly madeAt: Date; readonly state: 'ENABLED' | 'DISABLED' }[]>
>;

export function inMemorySecretVersions(rows: VersionRows): SecretVersions {
  return {
    async newest(id) {
      const usable = (rows[id] ?? []).flatMap(({ madeAt, state }, index): SecretVersion[] =>
        state === 'ENABLED' ? [{ number: index + 1, madeAt }] : [],
      );
      return ok(usable.at(-1));
    },
  };
}
