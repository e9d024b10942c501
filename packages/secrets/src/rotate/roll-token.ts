import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { ApiTokens } from '../ports/api-tokens.ts';
import { currentVersion, type SecretStore } from '../ports/secret-store.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';

export interface TokenPorts {
  readonly store: SecretStore;
  readonly tokens: ApiTokens;
}

export interface TokenOrder {
  /** Secret that keeps the value. */
  readonly id: string;
  /** Cloudflare's id of the token, as Terraform made it. */
  readonly tokenId: string;
  /** Roll it though the kept value is good. */
  readonly renew: boolean;
}

export type TokenFailure = VendorFailure | { readonly kind: 'unproven' };

/**
 * Gives a token a value that nobody has seen, and keeps it. Cloudflare refuses the old value from that moment, so
 * first it
 * is asked whether there is a place for the new one; a run that is cut off after it is said again and rolls once more.
 */
export async function rollToken(
  { store, tokens }: TokenPorts,
  { id, tokenId, renew }: TokenOrder,
): Promise<Result<'kept' | 'rolled', TokenFailure>> {
  const isGood = renew ? ok(false) : await isKeptValueOf({ store, tokens }, id, tokenId);
  if (!isGood.ok) return isGood;
  if (isGood.value) return ok('kept');
  const mayAdd = await store.mayAdd(id);
  if (!mayAdd.ok) return mayAdd;
  if (!mayAdd.value)
    return err({ kind: 'forbidden', service: 'Google', right: 'roles/secretmanager.secretVersionAdder' });

  const value = await tokens.roll(tokenId);
  if (!value.ok) return value;
  const added = await store.add(id, value.value);
  if (!added.ok) return added;
  const owner = await tokens.idOf(value.value);
  if (!owner.ok) return owner;
  return owner.value === tokenId ? ok('rolled') : err({ kind: 'unproven' });
}

/** Whether the kept value is this token's, and is taken. */
export async function isKeptValueOf(
  { store, tokens }: TokenPorts,
  id: string,
  tokenId: string,
): Promise<Result<boolean, VendorFailure>> {
  const versions = await store.versions(id);
  if (!versions.ok) return versions;
  const current = currentVersion(versions.value);
  if (current === undefined) return ok(false);
  const value = await store.read(id, current.number);
  if (!value.ok) return value;
  const owner = await tokens.idOf(value.value);
  return owner.ok ? ok(owner.value === tokenId) : owner;
}
