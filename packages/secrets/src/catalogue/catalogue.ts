import { RUNTIME_SECRETS } from './runtime-secrets.ts';
import type { SecretEntry, WorkerName } from './secret-entry.ts';
import { SWARM_SECRETS } from './swarm-secrets.ts';
import { WORKFLOW_SECRETS } from './workflow-secrets.ts';

/** Every secret of the system. A test holds it against code, Terraform and Ansible. */
export const SECRETS: readonly SecretEntry[] = [...RUNTIME_SECRETS, ...SWARM_SECRETS, ...WORKFLOW_SECRETS];

/** Secret variables that the Workers' schemas know and production leaves out. */
export const UNSET_WORKER_SECRETS: Readonly<Record<string, string>> = {
  EMBEDDINGS_API_KEY: 'a Worker has the AI binding',
  GOOGLE_SERVICE_ACCOUNT_KEY: 'a Worker has a key of its own: GOOGLE_WORKLOAD_KEY',
};

/** By id; ids are unique over all stores. */
export const secretOf = (id: string): SecretEntry | undefined => SECRETS.find(entry => entry.id === id);

export interface WorkerSecret {
  readonly entry: SecretEntry;
  /** Name of the binding in the Worker. */
  readonly variable: string;
}

/** What a Worker has to be given. */
export function secretsOfWorker(worker: WorkerName): readonly WorkerSecret[] {
  return RUNTIME_SECRETS.flatMap(entry => {
    const variable = entry.readers.workers?.[worker];
    return variable === undefined ? [] : [{ entry, variable }];
  });
}
