import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { resourceName } from '../environment/environment-values.ts';
import type { Trouble } from '../programs/trouble.ts';
import type { BaseConfiguration, WorkerFolder } from './worker-folder.ts';
import { type Described, workerVariables } from './worker-variables.ts';

/** The Worker that carries the others' warnings to Cloud Logging. */
export const LOG_FORWARDER = 'log-forwarder';

/** Where wrangler reads it: `workers/NAME/.deploy/ENV.json`. Paths in it start from there. */
export const DEPLOY_FOLDER = '.deploy';

/** Everything `wrangler.jsonc` says, and what the environment adds or renames. */
export type DeployedConfiguration = BaseConfiguration & Readonly<Record<string, unknown>>;

export interface DeployedInput extends Described {
  readonly worker: WorkerFolder;
  /** Names of all Workers of this repository. */
  readonly workers: readonly string[];
}

/**
 * The configuration that one Worker is deployed with. Names follow Terraform's rule, so that wrangler binds what
 * Terraform made; a queue or bucket that Terraform does not know is refused. Pure.
 */
export function deployedConfiguration(input: DeployedInput): Result<DeployedConfiguration, Trouble> {
  const { worker, workers, values, outputs } = input;
  const { name } = worker;
  const variables = workerVariables(name, input);
  if (!variables.ok) return variables;
  const { $schema: _, name: __, main, queues, r2_buckets: buckets, ...rest } = worker.base;

  const suffixed = (base: string): string => resourceName(base, values.name);
  const unknown = [
    ...queueNames(queues).filter(queue => outputs.workers.queues[queue] !== suffixed(queue)),
    ...(buckets ?? [])
      .map(({ bucket_name: bucket }) => bucket)
      .filter(bucket => ![outputs.workers.buckets.overflow, outputs.workers.buckets.backup].includes(suffixed(bucket))),
  ];
  if (unknown.length > 0) {
    const names = unknown.join(', ');
    return err({
      sentence: `workers/${name}/wrangler.jsonc binds what Terraform did not make in ${values.name}: ${names}.`,
      nextStep: 'Add it to terraform/modules/cloudflare and apply, or name it as Terraform does.',
    });
  }
  const { jurisdiction } = outputs.workers.buckets;
  return ok({
    ...rest,
    name: suffixed(name),
    main: `../${main}`,
    account_id: outputs.workers.account_id,
    // Only under its own name, where the zone's rules stand in front of it.
    workers_dev: false,
    preview_urls: false,
    observability: { enabled: true },
    version_metadata: { binding: 'VERSION' },
    ...routes(outputs.workers.urls[name]),
    ...(workers.includes(LOG_FORWARDER) && name !== LOG_FORWARDER
      ? { tail_consumers: [{ service: suffixed(LOG_FORWARDER) }] }
      : {}),
    ...(queues === undefined ? {} : { queues: renameQueues(queues, suffixed) }),
    ...(buckets === undefined
      ? {}
      : {
          r2_buckets: buckets.map(bucket => ({
            ...bucket,
            bucket_name: suffixed(bucket.bucket_name),
            ...(jurisdiction === 'default' ? {} : { jurisdiction }),
          })),
        }),
    vars: variables.value,
  });
}

/** Cloudflare makes the name and its certificate together with the route. */
function routes(url: string | undefined): { routes?: readonly { pattern: string; custom_domain: true }[] } {
  return url === undefined ? {} : { routes: [{ pattern: new URL(url).hostname, custom_domain: true }] };
}

type Queues = BaseConfiguration['queues'];

const queueNames = (queues: Queues): string[] => [
  ...(queues?.producers ?? []).map(({ queue }) => queue),
  ...(queues?.consumers ?? []).flatMap(({ queue, dead_letter_queue: dead }) => [queue, ...(dead ? [dead] : [])]),
];

function renameQueues(queues: NonNullable<Queues>, suffixed: (base: string) => string): NonNullable<Queues> {
  return {
    ...queues,
    ...(queues.producers === undefined
      ? {}
      : { producers: queues.producers.map(each => ({ ...each, queue: suffixed(each.queue) })) }),
    ...(queues.consumers === undefined
      ? {}
      : {
          consumers: queues.consumers.map(each => ({
            ...each,
            queue: suffixed(each.queue),
            ...(each.dead_letter_queue === undefined ? {} : { dead_letter_queue: suffixed(each.dead_letter_queue) }),
          })),
        }),
  };
}
