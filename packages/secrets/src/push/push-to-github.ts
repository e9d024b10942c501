import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { SECRETS } from '../catalogue/catalogue.ts';
import type { GithubPlace } from '../catalogue/secret-entry.ts';
import type { EnvironmentSecrets } from '../ports/environment-secrets.ts';
import { currentVersion, type SecretStore } from '../ports/secret-store.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';

/** A secret that Secret Manager keeps and one of GitHub's environments has a copy of. */
export interface GithubCopy {
  readonly id: string;
  readonly name: string;
  readonly place: GithubPlace;
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
  store === 'secret_manager' && readers.github !== undefined ? [{ id, ...readers.github }] : [],
);

/** Those that are not set anywhere are left out: `status` says so. */
export async function lookAtGithub({
  store,
  github,
}: GithubPorts): Promise<Result<readonly GithubCopy[], VendorFailure>> {
  const copies: GithubCopy[] = [];
  for (const { id, name, places } of COPIED) {
    const versions = await store.versions(id);
    if (!versions.ok) return versions;
    const current = currentVersion(versions.value);
    if (current === undefined) continue;
    for (const place of places) {
      const set = await github.list(place);
      if (!set.ok) return set;
      const state = copiedState(set.value[name], current.createdAtMs);
      copies.push({ id, name, place, version: current.number, state });
    }
  }
  return ok(copies);
}

function copiedState(setAtMs: number | undefined, createdAtMs: number): GithubCopy['state'] {
  if (setAtMs === undefined) return 'absent';
  return setAtMs >= Math.floor(createdAtMs / SECOND_MS) * SECOND_MS ? 'current' : 'behind';
}

export async function pushToGithub(
  { store, github }: GithubPorts,
  copies: readonly GithubCopy[],
): Promise<Result<void, VendorFailure>> {
  for (const { id, name, place, version, state } of copies) {
    if (state === 'current') continue;
    const value = await store.read(id, version);
    if (!value.ok) return err(value.error);
    const set = await github.set(place, name, value.value);
    if (!set.ok) return set;
  }
  return ok(undefined);
}
