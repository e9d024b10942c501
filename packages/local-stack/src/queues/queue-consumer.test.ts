import { afterEach, describe, expect, test } from 'vitest';
import { type ManualClock, manualClock, settlePromises } from '../testing/manual-clock.ts';
import { CONSUMER_DEFAULTS, QUEUE_LIMITS } from './cloudflare-limits.ts';
import { startQueueConsumer } from './queue-consumer.ts';
import type { QueueConsumerSettings, StoredMessage } from './queue-message.ts';
import { openQueueStore, type QueueStore } from './queue-store.ts';
import type { BatchOutcome } from './settle-batch.ts';

const OK: BatchOutcome = {
  outcome: 'ok',
  ackAll: false,
  retryBatch: { retry: false },
  explicitAcks: [],
  retryMessages: [],
};
const THREW: BatchOutcome = { ...OK, outcome: 'exception' };
const quiet = { info() {}, warn() {}, error() {} };

interface Delivered {
  readonly afterSeconds: number;
  readonly bodies: readonly string[];
  readonly attempts: readonly number[];
}

/** A queue `jobs` on a disk of its own, a clock that the test moves, and a consumer that answers as it is told. */
function setUp(
  settings: Partial<QueueConsumerSettings>,
  consume: (batch: readonly StoredMessage[]) => Promise<BatchOutcome> = () => Promise.resolve(OK),
) {
  const clock: ManualClock = manualClock();
  const startedMs = clock.now();
  let ids = 0;
  const store: QueueStore = openQueueStore({
    file: ':memory:',
    now: () => clock.now(),
    createId: () => `m${(ids += 1)}`,
    onAccepted: () => consumer.wake(),
  });
  opened.push(store);
  const delivered: Delivered[] = [];
  const consumer = startQueueConsumer({
    settings: {
      queue: 'jobs',
      ...CONSUMER_DEFAULTS,
      maxBatchTimeoutSeconds: 0,
      deadLetterQueue: undefined,
      ...settings,
    },
    store,
    clock,
    log: quiet,
    invoke: (_queue, batch) => {
      delivered.push({
        afterSeconds: (clock.now() - startedMs) / 1000,
        bodies: batch.map(({ body }) => Buffer.from(body).toString()),
        attempts: batch.map(({ failedAttempts }) => failedAttempts + 1),
      });
      return consume(batch);
    },
  });
  const send = async (bodies: readonly string[], delaySeconds = 0): Promise<void> => {
    const messages = bodies.map(body => ({
      queue: 'jobs',
      contentType: 'text' as const,
      body: Buffer.from(body),
      delaySeconds,
    }));
    await store.accept(messages);
    await settlePromises();
  };
  return { clock, store, delivered, send, consumer };
}

const opened: QueueStore[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map(store => store.close()));
});

const numbered = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

describe('when a batch leaves', () => {
  test('a full batch leaves at once, the rest when its first message has waited the batch timeout', async () => {
    const { clock, delivered, send } = setUp({ maxBatchSize: 10, maxBatchTimeoutSeconds: 5 });
    await send(numbered(13));
    await clock.advance(60_000);
    expect(delivered.map(({ afterSeconds, bodies }) => [afterSeconds, bodies.length])).toEqual([
      [0, 10],
      [5, 3],
    ]);
  });

  test('the timeout counts from the first message, not from the latest', async () => {
    const { clock, delivered, send } = setUp({ maxBatchTimeoutSeconds: 5 });
    await send(['first']);
    await clock.advance(4_000);
    await send(['second']);
    await clock.advance(60_000);
    expect(delivered).toEqual([{ afterSeconds: 5, bodies: ['first', 'second'], attempts: [1, 1] }]);
  });

  test('a delayed message is not seen before its time', async () => {
    const { clock, store, delivered, send } = setUp({});
    await send(['later'], QUEUE_LIMITS.delaySecondsMax);
    await clock.advance(QUEUE_LIMITS.delaySecondsMax * 1000 - 1);
    expect(delivered).toEqual([]);
    expect(store.backlog('jobs')).toEqual({ due: 0, inFlight: 0, delayed: 1 });
    await clock.advance(1);
    expect(delivered.map(({ afterSeconds }) => afterSeconds)).toEqual([86_400]);
  });

  test('no more batches run at once than the queue allows', async () => {
    const ends: (() => void)[] = [];
    const { delivered, send, store } = setUp(
      { maxConcurrency: 2, maxBatchSize: 1 },
      () => new Promise(resolve => ends.push(() => resolve(OK))),
    );
    await send(numbered(5));
    expect(delivered.length).toBe(2);
    expect(store.backlog('jobs')).toEqual({ due: 3, inFlight: 2, delayed: 0 });
    ends[0]?.();
    await settlePromises();
    expect(delivered.length).toBe(3);
  });
});

describe('retries', () => {
  test('by default a message is delivered four times, its attempts counted, and then it is lost', async () => {
    const { clock, store, delivered, send } = setUp({}, () => Promise.resolve(THREW));
    await send(['a']);
    await clock.advance(1);
    expect(delivered.flatMap(({ attempts }) => attempts)).toEqual([1, 2, 3, 4]);
    expect(store.queues()).toEqual([]);
  });

  test('an invocation that the runtime lost counts as no attempt and is repeated after a pause', async () => {
    const answers = [() => Promise.reject(new Error('workerd is gone')), () => Promise.resolve(OK)];
    const { clock, store, delivered, send } = setUp(
      { maxRetries: 0 },
      () => answers.shift()?.() ?? Promise.resolve(OK),
    );
    await send(['a']);
    await clock.advance(60_000);
    expect(delivered.map(({ afterSeconds, attempts }) => [afterSeconds, attempts])).toEqual([
      [0, [1]],
      [1, [1]],
    ]);
    expect(store.queues()).toEqual([]);
  });

  test("a retry waits for the message's delay, else the batch's, else the queue's", async () => {
    const answers: BatchOutcome[] = [
      { ...OK, retryBatch: { retry: true, delaySeconds: 20 }, retryMessages: [{ msgId: 'm1', delaySeconds: 10 }] },
      { ...OK, retryBatch: { retry: true, delaySeconds: 20 } },
      THREW,
    ];
    const { clock, delivered, send } = setUp({ retryDelaySeconds: 40 }, () => Promise.resolve(answers.shift() ?? OK));
    await send(['a']);
    await clock.advance(100_000);
    expect(delivered.map(({ afterSeconds }) => afterSeconds)).toEqual([0, 10, 30, 70]);
  });

  test('after the last retry a message moves to the dead-letter queue with its id and a new count of attempts', async () => {
    const { clock, store, send } = setUp({ maxRetries: 2, deadLetterQueue: 'jobs-dead' }, () => Promise.resolve(THREW));
    await send(['a']);
    await clock.advance(1);
    expect(store.queues()).toEqual(['jobs-dead']);
    expect(store.take('jobs-dead', 10)).toMatchObject([{ id: 'm1', failedAttempts: 0, body: new Uint8Array([97]) }]);
    expect(store.metrics('jobs-dead')).toMatchObject({ messages: 1, bytes: 1 });
    expect(store.metrics('jobs')).toMatchObject({ messages: 0, bytes: 0 });
  });
});

describe('retention', () => {
  test('a message is dropped after four days, and a dead letter gets four days of its own', async () => {
    const { clock, store, send } = setUp({ maxRetries: 0, deadLetterQueue: 'jobs-dead' }, () => Promise.resolve(THREW));
    await send(['a'], 60 * 60);
    await clock.advance(60 * 60 * 1000);
    await clock.advance(QUEUE_LIMITS.retentionMs - 1);
    expect(store.expire(QUEUE_LIMITS.retentionMs)).toBe(0);
    await clock.advance(1);
    expect(store.expire(QUEUE_LIMITS.retentionMs)).toBe(1);
    expect(store.queues()).toEqual([]);
  });
});

describe('a stop', () => {
  test('hands out nothing more and waits for what runs', async () => {
    const ends: (() => void)[] = [];
    const { delivered, send, consumer, store } = setUp(
      { maxBatchSize: 1, maxConcurrency: 1 },
      () => new Promise(resolve => ends.push(() => resolve(OK))),
    );
    await send(numbered(2));
    const stopped = consumer.stop();
    ends[0]?.();
    await stopped;
    expect(delivered.length).toBe(1);
    expect(store.backlog('jobs')).toEqual({ due: 1, inFlight: 0, delayed: 0 });
  });

  test('does not wait for an invocation that never ends; its messages stay for the next process', async () => {
    const ends: (() => void)[] = [];
    const { clock, send, consumer, store } = setUp({}, () => new Promise(resolve => ends.push(() => resolve(OK))));
    await send(['a']);
    const stopped = consumer.stop();
    await clock.advance(5_000);
    await stopped;
    ends[0]?.();
    await settlePromises();
    expect(store.metrics('jobs').messages).toBe(1);
  });
});
