import * as z from 'zod';

/** How a body was put on the wire; the names are workerd's own (`X-Msg-Fmt`). */
export const QueueContentType = z.enum(['text', 'bytes', 'json', 'v8']);
export type QueueContentType = z.infer<typeof QueueContentType>;

/** A message as a producer sends it. */
export interface OutgoingMessage {
  readonly queue: string;
  readonly contentType: QueueContentType;
  readonly body: Uint8Array;
  readonly delaySeconds: number;
}

/** A message as the store holds it. */
export interface StoredMessage {
  /** Position in the store: unique over all queues, ascending by acceptance. */
  readonly row: number;
  readonly queue: string;
  /** The id the consumer sees, kept over retries and in the dead-letter queue. */
  readonly id: string;
  /** When the producer sent it, in milliseconds. */
  readonly sentAtMs: number;
  readonly contentType: QueueContentType;
  readonly body: Uint8Array;
  /** Deliveries whose outcome was a failure, so far. */
  readonly failedAttempts: number;
}

export interface QueueConsumerSettings {
  readonly queue: string;
  readonly maxBatchSize: number;
  readonly maxBatchTimeoutSeconds: number;
  /** Deliveries after the first. */
  readonly maxRetries: number;
  readonly retryDelaySeconds: number;
  readonly maxConcurrency: number;
  readonly deadLetterQueue: string | undefined;
}
