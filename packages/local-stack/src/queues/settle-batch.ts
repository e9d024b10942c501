import type { QueueConsumerSettings, StoredMessage } from './queue-message.ts';

/** What workerd reports about one call of a Worker's `queue()` handler. */
export interface BatchOutcome {
  /** `ok`, or anything else for an invocation that threw or died. */
  readonly outcome: string;
  readonly ackAll: boolean;
  readonly retryBatch: { readonly retry: boolean; readonly delaySeconds?: number };
  /** Ids of messages on which `ack()` was called. */
  readonly explicitAcks: readonly string[];
  readonly retryMessages: readonly { readonly msgId: string; readonly delaySeconds?: number }[];
}

export interface Settlement {
  readonly acknowledged: readonly StoredMessage[];
  readonly retried: readonly { readonly message: StoredMessage; readonly delaySeconds: number }[];
  /** Out of retries: to the dead-letter queue, or gone where none is configured. */
  readonly exhausted: readonly StoredMessage[];
}

/**
 * Decides the fate of every message of a batch as Cloudflare does: what was said about one message beats what was said
 * about the batch, and an exception retries everything that was not acknowledged before it. Pure.
 */
export function settleBatch(
  batch: readonly StoredMessage[],
  outcome: BatchOutcome,
  consumer: Pick<QueueConsumerSettings, 'maxRetries' | 'retryDelaySeconds'>,
): Settlement {
  const acks = new Set(outcome.explicitAcks);
  const retries = new Map(outcome.retryMessages.map(retry => [retry.msgId, retry]));
  const retriesRest = !outcome.ackAll && (outcome.retryBatch.retry || outcome.outcome !== 'ok');

  const acknowledged: StoredMessage[] = [];
  const retried: { message: StoredMessage; delaySeconds: number }[] = [];
  const exhausted: StoredMessage[] = [];
  for (const message of batch) {
    const retry = retries.get(message.id);
    if (retry === undefined && (acks.has(message.id) || !retriesRest)) acknowledged.push(message);
    else if (message.failedAttempts >= consumer.maxRetries) exhausted.push(message);
    else {
      const delaySeconds = retry?.delaySeconds ?? outcome.retryBatch.delaySeconds ?? consumer.retryDelaySeconds;
      retried.push({ message, delaySeconds });
    }
  }
  return { acknowledged, retried, exhausted };
}
