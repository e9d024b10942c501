import {
  type EnvironmentName,
  type EnvironmentValues,
  resourceName,
} from '@innkeeper/deployment/environment/environment-values';
import { WORKERS, type WorkerName } from '@innkeeper/secrets/catalogue/secret-entry';

/** What an environment should look like from outside, by the files that made it. Pure. */
export interface Expected {
  readonly environment: EnvironmentName;
  readonly project: string;
  readonly region: string;
  readonly cloudflare: { readonly accountId: string; readonly zoneId: string };
  readonly deployed: EnvironmentValues['terraform']['deployed'];
  /** Host names by what is behind them. */
  readonly hostnames: EnvironmentValues['terraform']['hostnames'];
  /** Servers of the Swarm, by name. */
  readonly nodes: readonly string[];
  /** Worker scripts by the Worker's own name. */
  readonly scripts: ReadonlyMap<WorkerName, string>;
  readonly queues: readonly ExpectedQueue[];
  /** Names in `functions/manifest.json`. */
  readonly functions: readonly string[];
  readonly botUsername: string;
}

export interface ExpectedQueue {
  readonly name: string;
  /** Who consumes it. */
  readonly worker: WorkerName;
  /** Whose messages were given up: every one of them is work for a person. */
  readonly holdsDeadLetters: boolean;
}

/** As `terraform/modules/cloudflare` makes them, each with the Worker that consumes it. */
export const DELIVERY_QUEUES = [
  { queue: 'guesty-deliveries', worker: 'guesty-webhook' },
  { queue: 'aircall-deliveries', worker: 'aircall-webhook' },
] as const;

export function expectedOf({ name, terraform, settings }: EnvironmentValues, functions: readonly string[]): Expected {
  return {
    environment: name,
    project: terraform.google.project_id,
    region: terraform.google.region,
    cloudflare: { accountId: terraform.cloudflare.account_id, zoneId: terraform.cloudflare.zone_id },
    deployed: terraform.deployed,
    hostnames: terraform.hostnames,
    nodes: Object.keys(terraform.hetzner.nodes),
    scripts: new Map(WORKERS.map(worker => [worker, resourceName(worker, name)])),
    queues: DELIVERY_QUEUES.flatMap(({ queue, worker }) => [
      { name: resourceName(queue, name), worker, holdsDeadLetters: false },
      { name: resourceName(`${queue}-dead`, name), worker, holdsDeadLetters: true },
    ]),
    functions,
    botUsername: settings.bot.username,
  };
}
