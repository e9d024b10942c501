import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { DatabaseKey } from '../ports/database-keys.ts';
import { currentVersion } from '../ports/secret-store.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';
import { isKeptKeyGood, type KeyOrder, type KeyPorts } from './make-database-key.ts';

export type RetireFailure =
  | VendorFailure
  /** The key that should replace the others does not work. Nothing was deleted. */
  | { readonly kind: 'kept_key_is_not_good' }
  /** Somebody still has an older one. Nothing was deleted. */
  | { readonly kind: 'still_in_use'; readonly by: readonly string[] };

/** Readers that have not got version `version` of the secret yet. */
export type BehindReaders = (id: string, version: number) => Promise<Result<readonly string[], VendorFailure>>;

/** A key that nobody kept may belong to a run that is about to keep it. */
const UNKNOWN_KEY_AGE_MIN_MS = 3_600_000;

/**
 * Deletes what came before the kept key: only when that one works and every reader has it. Keys of other names are not
 * looked at. Answers with the names of the deleted.
 */
export async function retireDatabaseKeys(
  ports: KeyPorts,
  order: KeyOrder,
  behind: BehindReaders,
): Promise<Result<readonly string[], RetireFailure>> {
  const old = await findOld(ports, order);
  if (!old.ok) return old;
  if (old.value.length === 0) return ok([]);
  const isGood = await isKeptKeyGood(ports, order);
  if (!isGood.ok) return isGood;
  if (!isGood.value) return err({ kind: 'kept_key_is_not_good' });
  const versions = await ports.store.versions(order.id);
  if (!versions.ok) return versions;
  const by = await behind(order.id, currentVersion(versions.value)?.number ?? 0);
  if (!by.ok) return by;
  if (by.value.length > 0) return err({ kind: 'still_in_use', by: by.value });

  const deleted: string[] = [];
  for (const { id, name } of old.value) {
    const gone = await ports.keys.delete(id);
    if (!gone.ok) return gone;
    deleted.push(name);
  }
  return ok(deleted);
}

async function findOld(
  { store, keys, now }: KeyPorts,
  { id, prefix }: KeyOrder,
): Promise<Result<readonly DatabaseKey[], VendorFailure>> {
  const listed = await keys.list();
  if (!listed.ok) return listed;
  const versions = await store.versions(id);
  if (!versions.ok) return versions;
  const current = currentVersion(versions.value);
  if (current === undefined) return ok([]);
  const value = await store.read(id, current.number);
  if (!value.ok) return value;
  const ours = listed.value.filter(({ name }) => name.startsWith(`${prefix}-`));
  const isCurrent = ({ postfix }: DatabaseKey): boolean => postfix === '' || value.value.reveal().endsWith(postfix);
  return ok(ours.filter(key => !isCurrent(key) && key.createdAtMs <= now() - UNKNOWN_KEY_AGE_MIN_MS));
}
