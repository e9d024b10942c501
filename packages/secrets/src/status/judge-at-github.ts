import type { EnvironmentName } from '@innkeeper/deployment/environment/environment-values';
import { nameGithubPlace } from '../catalogue/name-github-place.ts';
import type { GithubPlace, SecretEntry } from '../catalogue/secret-entry.ts';
import type { SecretStatus } from './secret-status.ts';

/**
 * A secret that GitHub alone keeps: as old as the oldest of its places. `setAtMs` has times by name, by place; a place
 * that could not be asked is left out. Pure.
 */
export function judgeAtGithub(
  entry: SecretEntry,
  setAtMs: ReadonlyMap<GithubPlace, Readonly<Record<string, number>>>,
  environment: EnvironmentName,
): SecretStatus {
  const { name, places } = entry.readers.github ?? { name: entry.id, places: [] };
  if (!places.every(place => setAtMs.has(place))) return { entry, state: 'unknown', readers: [] };
  const times = places.flatMap(place => setAtMs.get(place)?.[name] ?? []);
  if (times.length === 0) return { entry, state: 'missing', readers: [] };
  const without = places.filter(place => setAtMs.get(place)?.[name] === undefined);
  return {
    entry,
    state: 'set',
    setAtMs: Math.min(...times),
    readers: without.map(place => ({
      reader: `${nameGithubPlace(place, environment)} of GitHub`,
      kind: 'github',
      state: 'absent',
    })),
  };
}
