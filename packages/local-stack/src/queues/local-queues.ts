import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Log } from '@innkeeper/shared/log/log';
import { systemClock } from './clock.ts';
import { QUEUE_LIMITS } from './cloudflare-limits.ts';
import type { DispatchLoop } from './dispatch-loop.ts';
import { type ProducerOutage, startProducerServer } from './producer-server.ts';
import { type InvokeConsumer, startQueueConsumer } from './queue-consumer.ts';
import type { QueueConsumerSettings } from './queue-message.ts';
import { type Backlog, openQueueStore } from './queue-store.ts';

/** Cloudflare Queues on one machine: durable before the producer hears of it, delivered at least once. */
export interface LocalQueues {
  /** Where workerd's queue bindings send to, `127.0.0.1:port`. */
  readonly producerAddress: string;
  /** Starts delivering; before that, messages are only accepted. */
  startConsumers(consumers: readonly QueueConsumerSettings[], invoke: InvokeConsumer): void;
  /** Until it is ended: nothing that Workers send is taken. What was taken before is delivered as usual. */
  setOutage(outage: ProducerOutage): void;
  /** One entry per queue that holds messages or has a consumer. */
  backlogs(): Readonly<Record<string, Backlog>>;
  /** Waits for running invocations, then closes the file. */
  close(): Promise<void>;
}

const EXPIRY_CHECK_MS = 60_000;

export async function startLocalQueues(options: { stateDirectory: string; log: Log }): Promise<LocalQueues> {
  mkdirSync(options.stateDirectory, { recursive: true });
  const consumers = new Map<string, DispatchLoop>();
  const store = openQueueStore({
    file: path.join(options.stateDirectory, 'queues.sqlite'),
    now: () => systemClock.now(),
    createId: () => randomUUID().replaceAll('-', ''),
    onAccepted: queues => {
      for (const queue of queues) consumers.get(queue)?.wake();
    },
  });
  const expire = (): void => {
    const expired = store.expire(QUEUE_LIMITS.retentionMs);
    if (expired > 0) options.log.warn('queue.messages_expired', { messages: expired });
  };
  expire();
  const expiry = setInterval(expire, EXPIRY_CHECK_MS);
  const producers = await startProducerServer(store);

  return {
    producerAddress: producers.address,
    setOutage: outage => producers.setOutage(outage),
    startConsumers(settings, invoke) {
      for (const consumer of settings) {
        const started = startQueueConsumer({ settings: consumer, store, invoke, clock: systemClock, log: options.log });
        consumers.set(consumer.queue, started);
        started.wake();
      }
    },
    backlogs() {
      const names = new Set([...consumers.keys(), ...store.queues()]);
      return Object.fromEntries([...names].sort().map(name => [name, store.backlog(name)]));
    },
    async close() {
      clearInterval(expiry);
      await Promise.all([...consumers.values()].map(consumer => consumer.stop()));
      await producers.close();
      await store.close();
    },
  };
}
