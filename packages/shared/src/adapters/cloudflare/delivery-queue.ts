import type { InboundDelivery } from '../../contracts/inbound-delivery.ts';
import type { DeliveryQueue } from '../../ports/delivery-queue.ts';
import { err, ok } from '../../result/result.ts';

/** Deliveries on a Cloudflare Queue. `send` resolves once the queue has written the message. I/O: the queue. */
export function cloudflareDeliveryQueue(queue: Pick<Queue<InboundDelivery>, 'send'>): DeliveryQueue {
  return {
    send: async delivery => {
      try {
        await queue.send(delivery, { contentType: 'json' });
        return ok(undefined);
      } catch {
        // The platform's text may quote the message: only the fact is passed on.
        return err({ kind: 'unavailable', detail: 'the queue did not take the message' });
      }
    },
  };
}
