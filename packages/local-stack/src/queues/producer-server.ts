import { type LocalServer, readBody, sendJson, serveLocal } from '../http/serve-local.ts';
import { QUEUE_LIMITS } from './cloudflare-limits.ts';
import { type ProducerRefusal, parseProducerRequest } from './parse-producer-request.ts';
import type { QueueStore } from './queue-store.ts';

/** workerd's queue binding names no queue; the binding's service adds this header (see the bindings plugin). */
export const QUEUE_NAME_HEADER = 'x-local-queue';
/** The producer's `delivery_delay` in seconds, added the same way. */
export const DELIVERY_DELAY_HEADER = 'x-local-delivery-delay';

const REFUSALS: Record<ProducerRefusal, readonly [number, string]> = {
  message_too_large: [413, `message exceeds limit of ${QUEUE_LIMITS.messageBytesMax} bytes`],
  batch_too_large: [
    413,
    `batch exceeds limit of ${QUEUE_LIMITS.sendBatchMessagesMax} messages or ${QUEUE_LIMITS.sendBatchBytesMax} bytes`,
  ],
  malformed: [400, 'Bad Request'],
};

/** A queue that takes nothing: it says so, or says nothing at all. */
export type ProducerOutage = 'none' | 'refusing' | 'silent';

export interface ProducerServer extends LocalServer {
  setOutage(outage: ProducerOutage): void;
}

/**
 * Where workerd's own queue binding sends what `send()` and `sendBatch()` got: answers once the messages are durable,
 * and refuses what Cloudflare refuses.
 */
export async function startProducerServer(store: QueueStore): Promise<ProducerServer> {
  let outage: ProducerOutage = 'none';
  const server = await serveLocal({
    name: 'queues',
    port: 0,
    handle: async (request, response) => {
      if (outage === 'silent') return; // until whoever waits has gone, or the server closes
      if (outage === 'refusing') {
        response.writeHead(500, { 'CF-Queues-Error-Cause': 'Internal Error' }).end();
        return;
      }
      const queue = String(request.headers[QUEUE_NAME_HEADER]);
      const parsed = parseProducerRequest({
        path: request.url ?? '/',
        header: name => [request.headers[name]].flat()[0],
        queue,
        deliveryDelaySeconds: Number(request.headers[DELIVERY_DELAY_HEADER] ?? 0),
        body: await readBody(request),
      });
      if (!parsed.ok) {
        const [status, cause] = REFUSALS[parsed.error];
        response.writeHead(status, { 'CF-Queues-Error-Cause': cause }).end(); // What `send()` throws with.
        return;
      }
      await store.accept(parsed.value);
      const metrics = store.metrics(queue);
      sendJson(response, 200, {
        metadata: {
          metrics: {
            backlogCount: metrics.messages,
            backlogBytes: metrics.bytes,
            oldestMessageTimestamp: metrics.oldestSentAtMs ?? 0,
          },
        },
      });
    },
  });
  return {
    ...server,
    setOutage: next => {
      outage = next;
    },
  };
}
