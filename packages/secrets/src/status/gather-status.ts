import type { EnvironmentName } from '@innkeeper/deployment/environment/environment-values';
import type { Result } from '@innkeeper/shared/result/result';
import { SECRETS } from '../catalogue/catalogue.ts';
import { nameGithubPlace } from '../catalogue/name-github-place.ts';
import { GITHUB_PLACES, type GithubPlace, type SecretEntry } from '../catalogue/secret-entry.ts';
import type { ApiTokens } from '../ports/api-tokens.ts';
import type { EnvironmentSecrets } from '../ports/environment-secrets.ts';
import { currentVersion } from '../ports/secret-store.ts';
import type { SwarmFile, SwarmFileFacts } from '../ports/swarm-file.ts';
import { explainFailure, type VendorFailure } from '../ports/vendor-failure.ts';
import { lookAtGithub } from '../push/push-to-github.ts';
import { type FunctionManifest, type ReaderPorts, readersOf } from '../rotate/behind-readers.ts';
import { askOnce } from './ask-once.ts';
import { judgeAtGithub } from './judge-at-github.ts';
import type { SecretStatus, Status, Unknown } from './secret-status.ts';

export interface StatusPorts extends ReaderPorts {
  readonly github: EnvironmentSecrets;
  readonly tokens: ApiTokens;
  readonly swarm: SwarmFile;
}

/** Asks everybody who keeps or has a secret. Who does not answer is told once, and what only they know is `unknown`. */
export async function gatherStatus(
  ports: StatusPorts,
  environment: EnvironmentName,
  /** Absent: who has which version is not asked. */
  manifest?: FunctionManifest,
): Promise<Status> {
  const unknown = new Map<string, Unknown>();
  const known = <T>(result: Result<T, VendorFailure>): T | undefined => {
    if (result.ok) return result.value;
    const sentence = explainFailure(result.error);
    unknown.set(sentence, { about: result.error.service, sentence });
    return undefined;
  };
  const workers = { ...ports.workers, names: askOnce((worker: string) => ports.workers.names(worker)) };
  const functions = { deployed: askOnce((name: string) => ports.functions.deployed(name)) };
  const github = { ...ports.github, list: askOnce((place: GithubPlace) => ports.github.list(place)) };
  const copies = manifest === undefined ? [] : known(await lookAtGithub({ ...ports, github }));
  const atGithub = new Map<GithubPlace, Readonly<Record<string, number>>>();
  for (const place of GITHUB_PLACES) {
    const set = known(await github.list(place));
    if (set !== undefined) atGithub.set(place, set);
  }
  const read = await ports.swarm.read();
  if (!read.ok) unknown.set(read.error, { about: 'sops', sentence: read.error });
  const file = read.ok ? read.value : undefined;

  const runtime = async (entry: SecretEntry): Promise<SecretStatus> => {
    const versions = await ports.store.versions(entry.id);
    if (!versions.ok && versions.error.kind === 'missing') return { entry, state: 'no_place', readers: [] };
    const found = known(versions);
    if (found === undefined) return { entry, state: 'unknown', readers: [] };
    const current = currentVersion(found);
    if (current === undefined) return { entry, state: 'missing', readers: [] };
    const set = { entry, state: 'set', version: current.number, setAtMs: current.createdAtMs } as const;
    if (manifest === undefined) return { ...set, readers: [] };
    const readers = known(await readersOf({ workers, functions }, environment, manifest, entry.id, current)) ?? [];
    const own = (copies ?? []).filter(({ id }) => id === entry.id);
    const places = own.map(({ place, state }) => ({
      reader: `${nameGithubPlace(place, environment)} of GitHub`,
      kind: 'github' as const,
      state,
    }));
    return { ...set, readers: [...readers, ...places] };
  };

  const ofSwarm = (entry: SecretEntry): SecretStatus => {
    if (!read.ok) return { entry, state: 'unknown', readers: [] };
    if (!file?.names.includes(entry.id)) return { entry, state: 'missing', readers: [] };
    return { entry, state: stateIn(file, entry.id), setAtMs: file.modifiedAtMs, readers: [] };
  };

  const secrets = await Promise.all(
    SECRETS.map(async entry => {
      if (entry.store === 'secret_manager') return await runtime(entry);
      return entry.store === 'sops' ? ofSwarm(entry) : judgeAtGithub(entry, atGithub, environment);
    }),
  );
  const listed = known(await ports.tokens.list()) ?? [];
  const tokens = listed.filter(({ name }) => name.startsWith(`innkeeper-${environment}-`));
  return { secrets, tokens, unknown: [...unknown.values()] };
}

function stateIn({ inTheClear, notText }: SwarmFileFacts, id: string): SecretStatus['state'] {
  if (inTheClear.includes(id)) return 'in_the_clear';
  return notText.includes(id) ? 'not_text' : 'set';
}
