import { type EnvironmentName, resourceName } from '@innkeeper/deployment/environment/environment-values';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { secretOf } from '../catalogue/catalogue.ts';
import type { FunctionSecrets } from '../ports/function-secrets.ts';
import type { SecretStore } from '../ports/secret-store.ts';
import type { VendorFailure } from '../ports/vendor-failure.ts';
import type { WorkerSecrets } from '../ports/worker-secrets.ts';
import { pushedState } from '../push/version-marker.ts';

export interface ReaderPorts {
  readonly store: SecretStore;
  readonly workers: WorkerSecrets;
  readonly functions: FunctionSecrets;
}

/** Secrets by function, from functions/manifest.json. */
export type FunctionManifest = Readonly<Record<string, readonly string[]>>;

export interface ReaderState {
  /** `llm-query`, or `records` of functions/vectorize. */
  readonly reader: string;
  /** A Worker and GitHub are given it by `push`; a function reads it when it is deployed. */
  readonly kind: 'worker' | 'function' | 'github';
  /** `absent`: the Worker or function is there and lacks it. `not_deployed`: there is none yet. */
  readonly state: 'current' | 'behind' | 'absent' | 'not_deployed';
}

/** Who has which version, of one secret. */
export async function readersOf(
  { workers, functions }: Omit<ReaderPorts, 'store'>,
  environment: EnvironmentName,
  manifest: FunctionManifest,
  id: string,
  current: { readonly number: number; readonly createdAtMs: number },
): Promise<Result<readonly ReaderState[], VendorFailure>> {
  const states: ReaderState[] = [];
  for (const [worker, variable] of Object.entries(secretOf(id)?.readers.workers ?? {})) {
    const names = await workers.names(resourceName(worker, environment));
    if (!names.ok && names.error.kind !== 'missing') return names;
    const state = names.ok ? pushedState(names.value, variable, current.number) : 'not_deployed';
    states.push({ reader: worker, kind: 'worker', state });
  }
  for (const [name, secrets] of Object.entries(manifest)) {
    if (!secrets.includes(id)) continue;
    const deployed = await functions.deployed(name);
    if (!deployed.ok) return deployed;
    states.push({ reader: name, kind: 'function', state: stateOfFunction(deployed.value, id, current) });
  }
  return ok(states);
}

function stateOfFunction(
  deployed:
    | { readonly updatedAtMs: number; readonly versions: Readonly<Record<string, number | 'latest'>> }
    | undefined,
  id: string,
  current: { readonly number: number; readonly createdAtMs: number },
): ReaderState['state'] {
  if (deployed === undefined) return 'not_deployed';
  const version = deployed.versions[id];
  if (version === undefined) return 'absent';
  // `latest` was looked up when the instances started: before the version there was another one.
  const isCurrent = version === 'latest' ? deployed.updatedAtMs >= current.createdAtMs : version === current.number;
  return isCurrent ? 'current' : 'behind';
}
