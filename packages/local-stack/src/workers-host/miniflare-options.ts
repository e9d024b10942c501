import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MiniflareOptions } from 'miniflare';
import {
  type AiBindingOptions,
  aiBindingType,
  pluginName,
  type QueueBindingOptions,
  queueBindingType,
} from './native-bindings.ts';
import type { WorkerConfig } from './read-worker-config.ts';

export interface HostedWorker {
  readonly config: WorkerConfig;
  /** The bundled module. */
  readonly code: string;
  /** Variables and secrets of this environment; they win over `vars` of the file. */
  readonly variables: Readonly<Record<string, string>>;
  /** Where it listens on 127.0.0.1; 0 takes a free port. */
  readonly port: number;
}

export interface LocalAddresses {
  /** `127.0.0.1:port` of the queues' producer server. */
  readonly queueProducers: string;
  /** `127.0.0.1:port` of the Workers AI adapter; without it the AI binding is absent. */
  readonly ai: string | undefined;
}

const MAIN_MODULE = 'worker.mjs';

/** Miniflare's options for all Workers in one workerd. Pure. */
export function miniflareOptions(
  workers: readonly HostedWorker[],
  addresses: LocalAddresses,
  stateDirectory: string,
): MiniflareOptions {
  return {
    host: '127.0.0.1',
    port: 0,
    cf: false, // Miniflare would fetch a sample from the network.
    telemetry: { enabled: false },
    resourcePersistencePath: path.join(stateDirectory, 'resources'),
    workers: workers.map(worker => ({
      config: {
        name: worker.config.name,
        compatibilityDate: worker.config.compatibilityDate,
        compatibilityFlags: [...worker.config.compatibilityFlags],
        manifest: {
          mainModule: MAIN_MODULE,
          modules: { [MAIN_MODULE]: { type: 'esm' as const, contents: worker.code } },
        },
        env: bindingsOf(worker, addresses),
        tailConsumers: worker.config.tailConsumers.map(name => ({ worker: name })),
        exports: Object.fromEntries(
          worker.config.sqliteClasses.map(name => [
            name,
            { type: 'durable-object' as const, storage: 'sqlite' as const },
          ]),
        ),
      },
      dev: {
        rootPath: worker.config.directory,
        unsafeDirectSockets: [{ host: '127.0.0.1', port: worker.port }],
      },
    })),
  };
}

type Bindings = NonNullable<NonNullable<MiniflareOptions['workers'][number]['config']>['env']>;

function bindingsOf({ config, variables }: HostedWorker, addresses: LocalAddresses): Bindings {
  const bindings: Bindings = {};
  for (const [name, value] of Object.entries({ ...config.variables, ...variables })) {
    bindings[name] =
      typeof value === 'string' ? { type: 'text', value } : ({ type: 'json', value } as Bindings[string]);
  }
  for (const { binding, className, worker } of config.durableObjects) {
    bindings[binding] = { type: 'durable-object', worker, exportName: className };
  }
  for (const { binding, bucket } of config.buckets) bindings[binding] = { type: 'r2', name: bucket };
  for (const { binding, worker, entrypoint } of config.services) {
    bindings[binding] = { type: 'worker', worker, ...(entrypoint === undefined ? {} : { exportName: entrypoint }) };
  }
  for (const { binding, queue, delaySeconds } of config.producers) {
    bindings[binding] = nativeBinding<QueueBindingOptions>(queueBindingType, {
      address: addresses.queueProducers,
      queue,
      delaySeconds,
    });
  }
  if (config.aiBinding !== undefined && addresses.ai !== undefined) {
    bindings[config.aiBinding] = nativeBinding<AiBindingOptions>(aiBindingType, { address: addresses.ai });
  }
  return bindings;
}

const NATIVE_BINDINGS = fileURLToPath(new URL('./native-bindings.ts', import.meta.url));

function nativeBinding<O extends Record<string, unknown>>(type: `unsafe:${string}`, options: O) {
  return { type, dev: { plugin: { package: NATIVE_BINDINGS, name: pluginName }, options } };
}
