import { describe, expect, test } from 'vitest';
import type { StoredMessage } from './queue-message.ts';
import { type BatchOutcome, settleBatch } from './settle-batch.ts';

const consumer = { maxRetries: 3, retryDelaySeconds: 7 };
const ok: BatchOutcome = {
  outcome: 'ok',
  ackAll: false,
  retryBatch: { retry: false },
  explicitAcks: [],
  retryMessages: [],
};

const THREW: BatchOutcome = { ...ok, outcome: 'exception' };

const message = (id: string, failedAttempts = 0): StoredMessage => ({
  row: Number(id),
  queue: 'jobs',
  id,
  sentAtMs: 0,
  contentType: 'json',
  body: new Uint8Array(),
  failedAttempts,
});

const fates = (outcome: BatchOutcome, batch = [message('1'), message('2')]) => {
  const { acknowledged, retried, exhausted } = settleBatch(batch, outcome, consumer);
  return {
    acknowledged: acknowledged.map(({ id }) => id),
    retried: retried.map(({ message, delaySeconds }) => [message.id, delaySeconds]),
    exhausted: exhausted.map(({ id }) => id),
  };
};

describe('what becomes of a delivered batch', () => {
  test('a handler that returns acknowledges everything', () => {
    expect(fates(ok)).toEqual({ acknowledged: ['1', '2'], retried: [], exhausted: [] });
  });

  test('an exception retries everything that was not acknowledged before it', () => {
    expect(fates({ ...THREW, explicitAcks: ['1'] })).toEqual({
      acknowledged: ['1'],
      retried: [['2', 7]],
      exhausted: [],
    });
  });

  test('a message retried by name waits for the delay it was given', () => {
    expect(fates({ ...ok, retryMessages: [{ msgId: '2', delaySeconds: 60 }] })).toEqual({
      acknowledged: ['1'],
      retried: [['2', 60]],
      exhausted: [],
    });
  });

  test("a batch retried as a whole waits for the batch's delay, or the queue's when it gave none", () => {
    expect(fates({ ...ok, retryBatch: { retry: true, delaySeconds: 30 } }).retried).toEqual([
      ['1', 30],
      ['2', 30],
    ]);
    expect(fates({ ...ok, retryBatch: { retry: true } }).retried).toEqual([
      ['1', 7],
      ['2', 7],
    ]);
  });

  test('what was said about one message beats what was said about the batch', () => {
    expect(fates({ ...ok, ackAll: true, retryMessages: [{ msgId: '1' }] })).toEqual({
      acknowledged: ['2'],
      retried: [['1', 7]],
      exhausted: [],
    });
    expect(fates({ ...ok, retryBatch: { retry: true }, explicitAcks: ['1'] }).acknowledged).toEqual(['1']);
  });

  test('a message that failed after its last retry is exhausted', () => {
    expect(fates(THREW, [message('1', 2), message('2', 3)])).toEqual({
      acknowledged: [],
      retried: [['1', 7]],
      exhausted: ['2'],
    });
  });
});
