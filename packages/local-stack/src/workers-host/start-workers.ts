import path from 'node:path';
import { createLog, type Log } from '@innkeeper/shared/log/log';
import { LogLevel, Miniflare, Log as MiniflareLog } from 'miniflare';
import { type LocalQueues, startLocalQueues } from '../queues/local-queues.ts';
import { startAiRelay, type WorkersAiAddress } from './ai-relay.ts';
import { bundleWorker } from './bundle-worker.ts';
import { type CronTriggers, startCronTriggers } from './cron-triggers.ts';
import { invokeConsumers } from './invoke-consumers.ts';
import { miniflareOptions } from './miniflare-options.ts';
import { readWorkerConfig } from './read-worker-config.ts';
import { findWorkerd, isWorkerd, reapStaleWorkerd, workerdMarker } from './workerd-process.ts';

export interface WorkerToStart {
  /** The Worker's folder, with its `wrangler.jsonc`. */
  readonly directory: string;
  /** Variables and secrets, as the deployed Worker would have them. */
  readonly variables: Readonly<Record<string, string>>;
  /** Fixed port on 127.0.0.1; a free one when absent. */
  readonly port?: number;
}

export interface StartWorkersOptions {
  /** Queues, Durable Objects and R2 live here and survive any kind of end. One running set per directory. */
  readonly stateDirectory: string;
  readonly workers: readonly WorkerToStart[];
  /** Where the `AI` binding leads; without it Workers have none. */
  readonly workersAi?: WorkersAiAddress;
  /** Crons run only when they are told to: for tests, which no clock may disturb. */
  readonly cronsOnDemandOnly?: boolean;
  readonly log?: Log;
  /** Gets what the Workers write to their consoles, one message each; standard output when absent. */
  readonly onWorkerLog?: (message: string) => void;
  /** Called once if workerd ends by itself. Its Workers are gone then; the caller should end, too. */
  readonly onWorkerdLost?: () => void;
}

export interface RunningWorkers {
  /** `http://127.0.0.1:port` of the Worker of that name in its `wrangler.jsonc`. */
  urlOf(name: string): string;
  /** The one workerd that runs them all; it must be reaped by pid should this process be killed. */
  readonly workerdPid: number;
  readonly queues: Pick<LocalQueues, 'backlogs' | 'setOutage' | 'producerAddress'>;
  readonly crons: Pick<CronTriggers, 'run'>;
  /** Finishes running queue batches, then ends workerd. */
  close(): Promise<void>;
}

/**
 * Runs Workers as deployed, in one workerd: bundled like wrangler does, bound by their own `wrangler.jsonc`, each
 * listening on its own port, with queues that keep their messages through `kill -9`.
 */
export async function startWorkers(options: StartWorkersOptions): Promise<RunningWorkers> {
  const { stateDirectory, log = createLog('workers-host') } = options;
  const reaped = await reapStaleWorkerd(stateDirectory);
  if (reaped !== undefined) log.warn('workerd.stale_reaped', { pid: reaped });

  const hosted = await Promise.all(
    options.workers.map(async ({ directory, variables, port = 0 }) => {
      const config = readWorkerConfig(directory);
      const code = await bundleWorker({ config, cacheDirectory: BUNDLE_CACHE });
      return { config, code, variables, port };
    }),
  );
  const queues = await startLocalQueues({ stateDirectory: path.join(stateDirectory, 'queues'), log });
  const aiRelay = options.workersAi === undefined ? undefined : await startAiRelay(options.workersAi);
  const addresses = { queueProducers: queues.producerAddress, ai: aiRelay?.address };
  const miniflare = new Miniflare({
    ...miniflareOptions(hosted, addresses, stateDirectory),
    unsafeRuntimeEnv: workerdMarker(stateDirectory),
    log: new MiniflareLog(LogLevel.WARN),
    handleStructuredLogs: ({ message }) => (options.onWorkerLog ?? console.log)(message),
  });
  const close = async (): Promise<void> => {
    await queues.close();
    await miniflare.dispose();
    await aiRelay?.close();
  };
  const workerdPid = await miniflare.ready.then(
    () => findWorkerd(stateDirectory),
    async (error: unknown) => {
      await close(); // A Worker that does not load must not keep its caller alive.
      throw error;
    },
  );
  if (workerdPid === undefined) throw new Error('Miniflare is ready but no workerd was started');

  const watch = setInterval(() => {
    if (isWorkerd(workerdPid)) return;
    clearInterval(watch);
    log.error('workerd.died', { pid: workerdPid });
    options.onWorkerdLost?.();
  }, WATCH_MS);

  const urls = new Map<string, string>();
  for (const { config } of hosted) {
    urls.set(config.name, (await miniflare.unsafeGetDirectURL(config.name)).origin);
    queues.startConsumers(config.consumers, await invokeConsumers(miniflare, config.name));
  }
  const crons = await startCronTriggers(
    hosted.map(({ config }) => config),
    { miniflare, log, onDemandOnly: options.cronsOnDemandOnly === true },
  );

  return {
    urlOf(name) {
      const url = urls.get(name);
      if (url === undefined) throw new Error(`no Worker named ${name}; there are ${[...urls.keys()].join(', ')}`);
      return url;
    },
    workerdPid,
    queues,
    crons,
    async close() {
      clearInterval(watch);
      await crons.stop();
      await close();
    },
  };
}

/** Far below the three seconds within which a dead part is up again. */
const WATCH_MS = 250;
const BUNDLE_CACHE = path.resolve(import.meta.dirname, '../../node_modules/.cache/worker-bundles');
