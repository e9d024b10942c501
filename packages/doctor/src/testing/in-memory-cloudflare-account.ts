import { err, ok } from '@innkeeper/shared/result/result';
import type {
  CloudflareAccount,
  CloudflareQueue,
  DnsRecord,
  QueueBacklog,
  WorkerDeployment,
} from '../ports/cloudflare-account.ts';

/** What an account holds, as the port tells it. */
export interface CloudflareState {
  readonly tokenExpiresAt?: Date;
  readonly dnsRecords?: readonly DnsRecord[];
  readonly queues?: readonly (CloudflareQueue & { readonly backlog: QueueBacklog })[];
  /** By script. */
  readonly deployments?: Readonly<Record<string, WorkerDeployment>>;
  /** By script. */
  readonly secretNames?: Readonly<Record<string, readonly string[]>>;
}

export function inMemoryCloudflareAccount(state: CloudflareState): CloudflareAccount {
  const { tokenExpiresAt: expiresAt, dnsRecords = [], queues = [], deployments = {}, secretNames = {} } = state;
  return {
    token: async () => ok({ isActive: true, ...(expiresAt === undefined ? {} : { expiresAt }) }),
    dnsRecords: async () => ok(dnsRecords),
    queues: async () => ok(queues.map(({ backlog: _asked, ...queue }) => queue)),
    async backlog(queueId) {
      const queue = queues.find(({ id }) => id === queueId);
      return queue === undefined ? err({ kind: 'missing', detail: 'knows nothing of it' }) : ok(queue.backlog);
    },
    async deployment(script) {
      const found = deployments[script];
      if (found === undefined) return ok(undefined);
      return ok({ ...found, versions: found.versions.toSorted((one, other) => other.percentage - one.percentage) });
    },
    secretNames: async script => ok(secretNames[script]),
  };
}
