import { DELIVERY_DELAY_HEADER, QUEUE_NAME_HEADER } from '../queues/producer-server.ts';

/**
 * A Miniflare plugin that gives Workers workerd's own queue and AI bindings, the classes production has, and sends what
 * they say to a local HTTP address instead of Cloudflare's network. Miniflare loads it by path (see `miniflare-options`).
 */
export const pluginName = 'innkeeper-native-bindings';
export const queueBindingType = 'unsafe:local-queue';
export const aiBindingType = 'unsafe:local-ai';

export interface QueueBindingOptions extends Record<string, unknown> {
  /** `127.0.0.1:port` of the producer server. */
  readonly address: string;
  readonly queue: string;
  readonly delaySeconds: number;
}

export interface AiBindingOptions extends Record<string, unknown> {
  /** `127.0.0.1:port` of a server that answers `POST /run` as Cloudflare's AI binding expects. */
  readonly address: string;
}

/** The part of Miniflare's parsed Worker options that is read here. */
interface PluginWorker {
  readonly config: {
    readonly env?: Readonly<Record<string, { readonly type: string; readonly dev?: { readonly options?: unknown } }>>;
  };
}

function optionsOf<O>(worker: PluginWorker, type: string): [string, O][] {
  return Object.entries(worker.config.env ?? {}).flatMap(([name, binding]) =>
    binding.type === type ? [[name, binding.dev?.options as O] as [string, O]] : [],
  );
}

const queueService = (queue: QueueBindingOptions): string => `local-queue:${queue.queue}:${queue.delaySeconds}`;
const AI_SERVICE = 'local-ai';

const plugin = {
  bindingTypeDescription: 'Queue producer or AI',
  getBindings: (worker: PluginWorker) => [
    ...optionsOf<QueueBindingOptions>(worker, queueBindingType).map(([name, queue]) => ({
      name,
      queue: { name: queueService(queue) },
    })),
    ...optionsOf<AiBindingOptions>(worker, aiBindingType).map(([name]) => ({
      name,
      wrapped: {
        moduleName: 'cloudflare-internal:ai-api',
        innerBindings: [{ name: 'fetcher', service: { name: AI_SERVICE } }],
      },
    })),
  ],
  getNodeBindings: () => ({}),
  getServices: ({ options: worker }: { options: PluginWorker }) => [
    ...optionsOf<QueueBindingOptions>(worker, queueBindingType).map(([, queue]) => ({
      name: queueService(queue),
      external: {
        address: queue.address,
        http: {
          injectRequestHeaders: [
            { name: QUEUE_NAME_HEADER, value: queue.queue },
            { name: DELIVERY_DELAY_HEADER, value: String(queue.delaySeconds) },
          ],
        },
      },
    })),
    ...optionsOf<AiBindingOptions>(worker, aiBindingType).map(([, ai]) => ({
      name: AI_SERVICE,
      external: { address: ai.address, http: {} },
    })),
  ],
};

/** The export Miniflare looks for. */
export const plugins = { [pluginName]: plugin };
