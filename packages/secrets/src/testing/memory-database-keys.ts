import { Secret } from '@innkeeper/shared/config/secret';
import { ok } from '@innkeeper/shared/result/result';
import type { DatabaseAccess, DatabaseKeys, NewDatabaseKey } from '../ports/database-keys.ts';

/** `DatabaseKeys` in memory. `unheardLooks`: how often the cluster has not heard of a new key yet. */
export function memoryDatabaseKeys(now: () => number): DatabaseKeys & {
  readonly live: Map<string, NewDatabaseKey & { readonly access: DatabaseAccess }>;
  unheardLooks: number;
} {
  const live = new Map<string, NewDatabaseKey & { readonly access: DatabaseAccess }>();
  let made = 0;
  const keys = {
    live,
    unheardLooks: 0,
    async list() {
      return ok([...live.values()].map(({ id, name, createdAtMs, postfix }) => ({ id, name, createdAtMs, postfix })));
    },
    async create({ name, access }: { readonly name: string; readonly access: DatabaseAccess }) {
      made += 1;
      const id = `key-${made}`;
      const postfix = `:${made}:`;
      const key = {
        id,
        name,
        access,
        createdAtMs: now(),
        postfix,
        value: new Secret(`database-key-${access}${postfix}`),
      };
      live.set(id, key);
      return ok(key);
    },
    async delete(id: string) {
      live.delete(id);
      return ok(undefined);
    },
    async rightsOf(value: Secret) {
      if (keys.unheardLooks > 0) {
        keys.unheardLooks -= 1;
        return ok('nothing' as const);
      }
      const key = [...live.values()].find(each => each.value.reveal() === value.reveal());
      return ok(key?.access ?? ('nothing' as const));
    },
  };
  return keys;
}
