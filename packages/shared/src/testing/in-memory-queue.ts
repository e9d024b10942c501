import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { DeliveryQueue } from '../ports/delivery-queue.ts';
import { err, ok } from '../result/result.ts';

/** A queue that keeps what it was sent. While it `refuses`, it says so; while it `hangs`, it never answers. */
export interface InMemoryQueue extends DeliveryQueue {
  readonly sent: readonly InboundDelivery[];
  state: 'takes' | 'refuses' | 'hangs';
}

export function inMemoryQueue(): InMemoryQueue {
  const sent: InboundDelivery[] = [];
  const queue: InMemoryQueue = {
    sent,
    state: 'takes',
    send: delivery => {
      if (queue.state === 'hangs') return new Promise(() => undefined);
      if (queue.state === 'refuses') return Promise.resolve(err({ kind: 'unavailable', detail: 'down' }));
      sent.push(delivery);
      return Promise.resolve(ok(undefined));
    },
  };
  return queue;
}
