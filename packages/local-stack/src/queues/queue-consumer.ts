import type { Log } from '@innkeeper/shared/log/log';
import type { Clock } from './clock.ts';
import type { QueueConsumerSettings, StoredMessage } from './queue-message.ts';
import type { QueueStore } from './queue-store.ts';
import { type BatchOutcome, settleBatch } from './settle-batch.ts';

/** Calls the Worker's `queue()` handler once. Rejects when no outcome came back, because the runtime itself is gone. */
export type InvokeConsumer = (queue: string, batch: readonly StoredMessage[]) => Promise<BatchOutcome>;

export interface QueueConsumer {
  /** Looks for due messages; called whenever some may have arrived. */
  wake(): void;
  /**
   * Hands out nothing more and waits for running invocations, but not for ever: what is not settled then is delivered
   * again by the next process.
   */
  stop(): Promise<void>;
}

export interface QueueConsumerOptions {
  readonly settings: QueueConsumerSettings;
  readonly store: Pick<QueueStore, 'take' | 'settle' | 'release' | 'nextDueTimes'>;
  readonly invoke: InvokeConsumer;
  readonly clock: Clock;
  readonly log: Log;
}

/** A lost runtime is not the message's fault: no attempt is counted, and nothing is tried again in the same breath. */
const LOST_PAUSE_MS = 1_000;
/** Of the ten seconds a process has to end. */
const STOP_MS_MAX = 5_000;

/**
 * Delivers one queue to its consumer: a batch leaves when it is full or when its first message has waited
 * `maxBatchTimeoutSeconds`, at most `maxConcurrency` batches at a time.
 */
export function startQueueConsumer(options: QueueConsumerOptions): QueueConsumer {
  const { settings, store, clock, log } = options;
  const { queue } = settings;
  const running = new Set<Promise<void>>();
  const state = { stopped: false, abandoned: false };
  let cancelTimer: (() => void) | undefined;

  const deliver = async (batch: readonly StoredMessage[]): Promise<void> => {
    const outcome = await options.invoke(queue, batch).catch((error: unknown) => {
      log.warn('queue.invocation_lost', { queue, messages: batch.length, error: String(error) });
      return undefined;
    });
    if (state.abandoned) return;
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

  const pump = (): void => {
    cancelTimer?.();
    cancelTimer = undefined;
    while (!state.stopped && running.size < settings.maxConcurrency) {
      const waitMs = waitBeforeBatch(store.nextDueTimes(queue, settings.maxBatchSize), settings, clock.now());
      if (waitMs === undefined) return;
      if (waitMs > 0) {
        cancelTimer = clock.after(waitMs, pump);
        return;
      }
      const delivery = deliver(store.take(queue, settings.maxBatchSize)).finally(() => {
        running.delete(delivery);
        pump();
      });
      running.add(delivery);
    }
  };

  return {
    wake: pump,
    async stop() {
      state.stopped = true;
      cancelTimer?.();
      const { promise: late, resolve } = Promise.withResolvers<void>();
      const cancelDeadline = clock.after(STOP_MS_MAX, resolve);
      await Promise.race([Promise.allSettled(running), late]);
      cancelDeadline();
      state.abandoned = true;
    },
  };
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
