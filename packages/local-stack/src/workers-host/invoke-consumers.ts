import type { Miniflare } from 'miniflare';
import type { InvokeConsumer } from '../queues/queue-consumer.ts';
import type { StoredMessage } from '../queues/queue-message.ts';

/** Calls a Worker's `queue()` handler inside workerd, the way Cloudflare's own dispatcher does. */
export async function invokeConsumers(miniflare: Miniflare, workerName: string): Promise<InvokeConsumer> {
  const worker = await miniflare.getWorker(workerName);
  return async (queue, batch) => {
    const result = await worker.queue(queue, batch.map(toWorkerd));
    return {
      outcome: result.outcome,
      ackAll: result.ackAll,
      retryBatch: result.retryBatch,
      explicitAcks: result.explicitAcks,
      retryMessages: result.retryMessages,
    };
  };
}

type WorkerdMessage = Parameters<Awaited<ReturnType<Miniflare['getWorker']>>['queue']>[1][number];

function toWorkerd(message: StoredMessage): WorkerdMessage {
  const envelope = {
    id: message.id,
    timestamp: new Date(message.sentAtMs),
    attempts: message.failedAttempts + 1,
  };
  const text = (): string => Buffer.from(message.body).toString('utf8');
  switch (message.contentType) {
    case 'text':
      return { ...envelope, body: text() };
    case 'json':
      return { ...envelope, body: JSON.parse(text()) as unknown };
    case 'bytes':
      return { ...envelope, body: message.body };
    case 'v8':
      return { ...envelope, serializedBody: message.body };
  }
}
