import type { Log } from '@innkeeper/shared/log/log';
import type { Clock } from './clock.ts';
import { type DispatchLoop, type Run, startDispatchLoop } from './dispatch-loop.ts';
import type { QueueConsumerSettings, StoredMessage } from './queue-message.ts';
import type { QueueStore } from './queue-store.ts';
import { type BatchOutcome, settleBatch } from './settle-batch.ts';

/** Calls the Worker's `queue()` handler once. Rejects when no outcome came back, because the runtime itself is gone. */
export type InvokeConsumer = (queue: string, batch: readonly StoredMessage[]) => Promise<BatchOutcome>;

export interface QueueConsumerOptions {
  readonly settings: QueueConsumerSettings;
  readonly store: Pick<QueueStore, 'take' | 'settle' | 'release' | 'nextDueTimes'>;
  readonly invoke: InvokeConsumer;
  readonly clock: Clock;
  readonly log: Log;
}

/** A lost runtime is not the message's fault: no attempt is counted, and nothing is tried again in the same breath. */
const LOST_PAUSE_MS = 1_000;

/**
 * Delivers one queue to its consumer: a batch leaves when it is full or when its first message has waited
 * `maxBatchTimeoutSeconds`, at most `maxConcurrency` batches at a time.
 */
export function startQueueConsumer(options: QueueConsumerOptions): DispatchLoop {
  const { settings, store, clock, log } = options;
  const { queue } = settings;

  const deliver = async (batch: readonly StoredMessage[], isAbandoned: () => boolean): Promise<void> => {
    const outcome = await options.invoke(queue, batch).catch((error: unknown) => {
      log.warn('queue.invocation_lost', { queue, messages: batch.length, error: String(error) });
      return undefined;
    });
    if (isAbandoned()) return;
    if (outcome === undefined) return store.release(batch, clock.now() + LOST_PAUSE_MS);
    const settlement = settleBatch(batch, outcome, settings);
    store.settle(queue, settlement, settings.deadLetterQueue);
    log.info('queue.batch_settled', {
      queue,
      acknowledged: settlement.acknowledged.length,
      retried: settlement.retried.length,
      exhausted: settlement.exhausted.length,
    });
  };
  const nextBatchInMs = (): number | undefined =>
    waitBeforeBatch(store.nextDueTimes(queue, settings.maxBatchSize), settings, clock.now());

  return startDispatchLoop({
    clock,
    concurrencyMax: settings.maxConcurrency,
    takeDue(free) {
      const batches: Run[] = [];
      while (batches.length < free && nextBatchInMs() === 0) {
        const batch = store.take(queue, settings.maxBatchSize);
        batches.push(isAbandoned => deliver(batch, isAbandoned));
      }
      return batches;
    },
    nextDueInMs: nextBatchInMs,
  });
}

/**
 * Milliseconds until the next batch may leave: 0 now, `undefined` when there is nothing to wait for. `dueTimes` are the
 * first `maxBatchSize` of the queue, ascending.
 */
export function waitBeforeBatch(
  dueTimes: readonly number[],
  settings: Pick<QueueConsumerSettings, 'maxBatchSize' | 'maxBatchTimeoutSeconds'>,
  nowMs: number,
): number | undefined {
  const [first] = dueTimes;
  if (first === undefined) return undefined;
  const full = dueTimes[settings.maxBatchSize - 1];
  const timeoutAtMs = first + settings.maxBatchTimeoutSeconds * 1000;
  const leavesAtMs = full === undefined ? timeoutAtMs : Math.min(full, timeoutAtMs);
  return Math.max(0, leavesAtMs - nowMs);
}
