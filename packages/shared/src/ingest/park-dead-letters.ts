import { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { readDeliveryBody } from './delivery-body.ts';
import type { DeliverySource } from './delivery-source.ts';
import { parkUnreadable } from './park-unreadable.ts';
import { type ConsumerPorts, giveBack, parkDelivery, type QueuedMessage } from './settle-delivery.ts';

/**
 * Consumer of the dead-letter queue: what the queue gave up on is parked where a person sees it, with its payload kept
 * in `events` for replay. Nothing is acknowledged before that is durable. I/O: the ports.
 */
export async function parkDeadLetters(
  ports: ConsumerPorts,
  source: DeliverySource,
  messages: readonly QueuedMessage[],
): Promise<void> {
  await Promise.all(messages.map(message => parkOne(ports, source, message)));
}

async function parkOne(ports: ConsumerPorts, source: DeliverySource, message: QueuedMessage): Promise<void> {
  const parsed = InboundDelivery.safeParse(message.body);
  if (!parsed.success) return parkUnreadable(ports, source, message);
  const delivery = parsed.data;
  const body = await readDeliveryBody(ports.overflow, delivery);
  if (!body.ok && body.error.kind === 'unavailable') return giveBack(ports, source, message, body.error);
  return parkDelivery(
    ports,
    source,
    { message, delivery, payload: body.ok ? body.value : {} },
    { reason: 'attempts_exhausted', detail: 'every attempt of the queue failed; replay it from its event' },
  );
}
