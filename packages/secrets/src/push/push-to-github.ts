import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { SECRETS } from '../catalogue/catalogue.ts';
import type { EnvironmentSecrets } from '../ports/environment-secrets.ts';
import { currentVersion, type SecretStore } from '../ports/secret-store.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';

/** Secrets that Secret Manager keeps and the GitHub environment has a copy of. */
export interface GithubCopy {
  readonly id: string;
  readonly name: string;
  readonly version: number;
  /** GitHub tells when it was set last, and no more: older than the version is behind. */
  readonly state: 'current' | 'behind' | 'absent';
}

export interface GithubPorts {
  readonly store: SecretStore;
  readonly github: EnvironmentSecrets;
}

const SECOND_MS = 1000; // GitHub's times have no fractions

const COPIED = SECRETS.flatMap(({ id, store, readers }) =>
  store === 'secret_manager' && readers.github !== undefined ? [{ id, name: readers.github }] : [],
);

/** Those that are not set anywhere are left out: `status` says so. */
export async function lookAtGithub({
  store,
  github,
}: GithubPorts): Promise<Result<readonly GithubCopy[], VendorFailure>> {
  const set = await github.list();
  if (!set.ok) return set;
  const copies: GithubCopy[] = [];
  for (const { id, name } of COPIED) {
    const versions = await store.versions(id);
    if (!versions.ok) return versions;
    const current = currentVersion(versions.value);
    if (current === undefined) continue;
    const setAtMs = set.value[name];
    const state =
      setAtMs === undefined
        ? 'absent'
        : setAtMs >= Math.floor(current.createdAtMs / SECOND_MS) * SECOND_MS
          ? 'current'
          : 'behind';
    copies.push({ id, name, version: current.number, state });
  }
  return ok(copies);
}

export async function pushToGithub(
  { store, github }: GithubPorts,
  copies: readonly GithubCopy[],
): Promise<Result<void, VendorFailure>> {
  for (const { id, name, version, state } of copies) {
    if (state === 'current') continue;
    const value = await store.read(id, version);
    if (!value.ok) return err(value.error);
    const set = await github.set(name, value.value);
    if (!set.ok) return set;
  }
  return ok(undefined);
}
