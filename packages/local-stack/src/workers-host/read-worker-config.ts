import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type ParseError, parse, printParseErrorCode } from 'jsonc-parser';
import * as z from 'zod';
import { CONSUMER_DEFAULTS, QUEUE_LIMITS } from '../queues/cloudflare-limits.ts';
import type { QueueConsumerSettings } from '../queues/queue-message.ts';

/** What the local stack runs of a Worker's `wrangler.jsonc`, with Cloudflare's defaults filled in. */
export interface WorkerConfig {
  readonly name: string;
  /** The folder of the Worker, absolute. */
  readonly directory: string;
  /** The entry module, absolute. */
  readonly entry: string;
  /** Minified when deployed; the local stack keeps the code readable. */
  readonly minify: boolean;
  /** Whether functions and classes keep their `name` through bundling. */
  readonly keepNames: boolean;
  readonly compatibilityDate: string;
  readonly compatibilityFlags: readonly string[];
  readonly variables: Readonly<Record<string, unknown>>;
  readonly durableObjects: readonly { readonly binding: string; readonly className: string; readonly worker: string }[];
  /** Classes of this Worker that a migration declares as SQLite-backed. */
  readonly sqliteClasses: readonly string[];
  readonly buckets: readonly { readonly binding: string; readonly bucket: string }[];
  readonly services: readonly { readonly binding: string; readonly worker: string; readonly entrypoint?: string }[];
  readonly producers: readonly { readonly binding: string; readonly queue: string; readonly delaySeconds: number }[];
  readonly consumers: readonly QueueConsumerSettings[];
  readonly aiBinding: string | undefined;
  /** Workers that are told what became of each of its invocations. */
  readonly tailConsumers: readonly string[];
  /** Cron expressions, in UTC. */
  readonly crons: readonly string[];
}

/** Settings that only mean something on Cloudflare's network. */
const deployedOnly = {
  $schema: z.unknown().optional(),
  account_id: z.unknown().optional(),
  dev: z.unknown().optional(),
  env: z.unknown().optional(),
  keep_vars: z.unknown().optional(),
  limits: z.unknown().optional(),
  logpush: z.unknown().optional(),
  observability: z.unknown().optional(),
  placement: z.unknown().optional(),
  preview_urls: z.unknown().optional(),
  routes: z.unknown().optional(),
  secrets: z.unknown().optional(),
  upload_source_maps: z.unknown().optional(),
  workers_dev: z.unknown().optional(),
};

const delaySeconds = z.int().min(0).max(QUEUE_LIMITS.delaySecondsMax);

const WranglerFile = z.strictObject({
  ...deployedOnly,
  name: z.string().min(1),
  main: z.string().min(1),
  minify: z.boolean().default(false),
  keep_names: z.boolean().default(true),
  compatibility_date: z.iso.date(),
  compatibility_flags: z.array(z.string()).default([]),
  vars: z.record(z.string(), z.unknown()).default({}),
  durable_objects: z
    .strictObject({
      bindings: z.array(
        z.strictObject({ name: z.string(), class_name: z.string(), script_name: z.string().optional() }),
      ),
    })
    .default({ bindings: [] }),
  migrations: z
    .array(z.strictObject({ tag: z.string(), new_sqlite_classes: z.array(z.string()).default([]) }))
    .default([]),
  r2_buckets: z
    .array(z.strictObject({ binding: z.string(), bucket_name: z.string(), jurisdiction: z.string().optional() }))
    .default([]),
  services: z
    .array(z.strictObject({ binding: z.string(), service: z.string(), entrypoint: z.string().optional() }))
    .default([]),
  queues: z
    .strictObject({
      producers: z
        .array(z.strictObject({ binding: z.string(), queue: z.string(), delivery_delay: delaySeconds.default(0) }))
        .default([]),
      consumers: z
        .array(
          z.strictObject({
            queue: z.string(),
            max_batch_size: z.int().min(1).max(QUEUE_LIMITS.batchSizeMax).default(CONSUMER_DEFAULTS.maxBatchSize),
            max_batch_timeout: z
              .number()
              .min(0)
              .max(QUEUE_LIMITS.batchTimeoutSecondsMax)
              .default(CONSUMER_DEFAULTS.maxBatchTimeoutSeconds),
            max_retries: z.int().min(0).max(QUEUE_LIMITS.retriesMax).default(CONSUMER_DEFAULTS.maxRetries),
            retry_delay: delaySeconds.default(CONSUMER_DEFAULTS.retryDelaySeconds),
            max_concurrency: z.int().min(1).nullable().default(null),
            dead_letter_queue: z.string().optional(),
          }),
        )
        .default([]),
    })
    .default({ producers: [], consumers: [] }),
  ai: z.strictObject({ binding: z.string() }).optional(),
  tail_consumers: z.array(z.strictObject({ service: z.string() })).default([]),
  triggers: z.strictObject({ crons: z.array(z.string()).default([]) }).default({ crons: [] }),
});

/**
 * Reads a Worker's own `wrangler.jsonc`, so that the local stack cannot disagree with what is deployed. Throws on a
 * setting it would have to ignore silently.
 */
export function readWorkerConfig(directory: string): WorkerConfig {
  const file = path.join(directory, 'wrangler.jsonc');
  const errors: ParseError[] = [];
  const json: unknown = parse(readFileSync(file, 'utf8'), errors, { allowTrailingComma: true });
  const [first] = errors;
  if (first !== undefined) {
    throw new Error(
      `${file} is not JSON with comments: ${printParseErrorCode(first.error)} at character ${first.offset}`,
    );
  }
  const parsed = WranglerFile.safeParse(json);
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`);
  const { data } = parsed;
  return {
    name: data.name,
    directory,
    entry: path.resolve(directory, data.main),
    minify: data.minify,
    keepNames: data.keep_names,
    compatibilityDate: data.compatibility_date,
    compatibilityFlags: data.compatibility_flags,
    variables: data.vars,
    durableObjects: data.durable_objects.bindings.map(binding => ({
      binding: binding.name,
      className: binding.class_name,
      worker: binding.script_name ?? data.name,
    })),
    sqliteClasses: data.migrations.flatMap(migration => migration.new_sqlite_classes),
    buckets: data.r2_buckets.map(bucket => ({ binding: bucket.binding, bucket: bucket.bucket_name })),
    services: data.services.map(({ binding, service, entrypoint }) => ({
      binding,
      worker: service,
      ...(entrypoint === undefined ? {} : { entrypoint }),
    })),
    producers: data.queues.producers.map(producer => ({
      binding: producer.binding,
      queue: producer.queue,
      delaySeconds: producer.delivery_delay,
    })),
    consumers: data.queues.consumers.map(consumer => ({
      queue: consumer.queue,
      maxBatchSize: consumer.max_batch_size,
      maxBatchTimeoutSeconds: consumer.max_batch_timeout,
      maxRetries: consumer.max_retries,
      retryDelaySeconds: consumer.retry_delay,
      maxConcurrency: consumer.max_concurrency ?? CONSUMER_DEFAULTS.maxConcurrency,
      deadLetterQueue: consumer.dead_letter_queue,
    })),
    aiBinding: data.ai?.binding,
    tailConsumers: data.tail_consumers.map(({ service }) => service),
    crons: data.triggers.crons,
  };
}
