/**
 * The numbers of Cloudflare Queues that a producer or consumer can run into, from
 * developers.cloudflare.com/queues/platform/limits and …/configuration/configure-queues. A kilobyte is 1000 bytes there.
 */
export const QUEUE_LIMITS = {
  messageBytesMax: 128_000,
  sendBatchMessagesMax: 100,
  sendBatchBytesMax: 256_000,
  /** 24 hours; wrangler's own schema refuses more, too. */
  delaySecondsMax: 86_400,
  batchSizeMax: 100,
  batchTimeoutSecondsMax: 60,
  retriesMax: 100,
  /** Four days, the default of a paid account. */
  retentionMs: 4 * 24 * 60 * 60 * 1000,
} as const;

/** What a consumer gets that configures nothing. */
export const CONSUMER_DEFAULTS = {
  maxBatchSize: 10,
  maxBatchTimeoutSeconds: 5,
  maxRetries: 3,
  retryDelaySeconds: 0,
  /** Cloudflare scales to 250 invocations by itself; one small machine gains nothing beyond a handful. */
  maxConcurrency: 8,
} as const;
