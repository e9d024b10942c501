import type { Secret } from '@innkeeper/shared/config/secret';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { DatabaseAccess, DatabaseKeys } from '../ports/database-keys.ts';
import { currentVersion, type SecretStore } from '../ports/secret-store.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';

export interface KeyPorts {
  readonly store: SecretStore;
  readonly keys: DatabaseKeys;
  readonly now: () => number;
  /** Waits before the next look. */
  readonly wait: (ms: number) => Promise<void>;
}

export interface KeyOrder {
  readonly id: string;
  readonly access: DatabaseAccess;
  /** Beginning of its name at Qdrant Cloud: `innkeeper-prod-read`. */
  readonly prefix: string;
  /** Make a new one though the kept one is good. */
  readonly renew: boolean;
}

export type KeyFailure =
  | VendorFailure
  /** The cluster does not take the new key, or gives it other rights. Nothing was kept. */
  | { readonly kind: 'unproven'; readonly rights: DatabaseAccess | 'nothing' };

const LOOKS_MAX = 12;
const LOOK_EVERY_MS = 5_000; // a minute in all; the operator of the cluster notices within seconds

/** Makes a key, proves it at the cluster, and only then keeps it: what is kept has worked. */
export async function makeDatabaseKey(ports: KeyPorts, order: KeyOrder): Promise<Result<'kept' | 'made', KeyFailure>> {
  const { store, keys, now } = ports;
  if (!order.renew) {
    const isGood = await isKeptKeyGood(ports, order);
    if (!isGood.ok) return isGood;
    if (isGood.value) return ok('kept');
  }
  const mayAdd = await store.mayAdd(order.id);
  if (!mayAdd.ok) return mayAdd;
  if (!mayAdd.value)
    return err({ kind: 'forbidden', service: 'Google', right: 'roles/secretmanager.secretVersionAdder' });

  const made = await keys.create({ name: nameOf(order.prefix, now()), access: order.access });
  if (!made.ok) return made;
  const rights = await awaitRights(ports, made.value.value, order.access);
  if (!rights.ok) return rights;
  if (rights.value !== order.access) {
    const removed = await keys.delete(made.value.id);
    return removed.ok ? err({ kind: 'unproven', rights: rights.value }) : removed;
  }
  const added = await store.add(order.id, made.value.value);
  return added.ok ? ok('made') : added;
}

export async function isKeptKeyGood(
  { store, keys }: KeyPorts,
  order: KeyOrder,
): Promise<Result<boolean, VendorFailure>> {
  const versions = await store.versions(order.id);
  if (!versions.ok) return versions;
  const current = currentVersion(versions.value);
  if (current === undefined) return ok(false);
  const value = await store.read(order.id, current.number);
  if (!value.ok) return value;
  const rights = await keys.rightsOf(value.value);
  return rights.ok ? ok(rights.value === order.access) : rights;
}

async function awaitRights(
  { keys, wait }: KeyPorts,
  value: Secret,
  access: DatabaseAccess,
): Promise<Result<DatabaseAccess | 'nothing', VendorFailure>> {
  for (let look = 1; ; look += 1) {
    const rights = await keys.rightsOf(value);
    if (!rights.ok || rights.value === access || look === LOOKS_MAX) return rights;
    await wait(LOOK_EVERY_MS);
  }
}

/** Letters, digits and dashes, as Qdrant Cloud wants names. */
const nameOf = (prefix: string, nowMs: number): string =>
  `${prefix}-${new Date(nowMs).toISOString().replaceAll(/[:.]/gu, '-')}`;
