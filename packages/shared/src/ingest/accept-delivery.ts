import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { RecordSource } from '../domain/ids.ts';
import type { DeliveryQueue, DurabilityError, OverflowStore } from '../ports/delivery-queue.ts';
import type { Result } from '../result/result.ts';

/** Makes an authentic delivery durable before its sender is told so. I/O: the queue, and the overflow store for large bodies. */
export interface AcceptDeliveryPorts {
  readonly queue: DeliveryQueue;
  readonly overflow: OverflowStore;
  readonly now: () => number;
}

export interface AuthenticDelivery {
  readonly source: RecordSource;
  readonly eventId: string;
  /** JSON text without the credential it may have carried. */
  readonly body: string;
}

/** A message on a Cloudflare Queue may have 128 kB (128,000 bytes), the platform's own ~100 bytes included; the rest is headroom. */
export const QUEUE_MESSAGE_BYTES_MAX = 126_000;

export async function acceptDelivery(
  ports: AcceptDeliveryPorts,
  delivery: AuthenticDelivery,
): Promise<Result<void, DurabilityError>> {
  const envelope = {
    v: 1 as const,
    source: delivery.source,
    eventId: delivery.eventId,
    receivedAt: new Date(ports.now()).toISOString(),
  };
  const inline: InboundDelivery = { ...envelope, body: { inline: delivery.body } };
  if (serialisedBytes(inline) <= QUEUE_MESSAGE_BYTES_MAX) return ports.queue.send(inline);

  const r2Key = overflowKey(delivery.source, delivery.eventId);
  const stored = await ports.overflow.put(r2Key, delivery.body);
  return stored.ok ? ports.queue.send({ ...envelope, body: { r2Key } }) : stored;
}

/** Derived from the delivery, so that the same one delivered twice is one object. */
export const overflowKey = (source: RecordSource, eventId: string): string => `deliveries/${source}/${eventId}.json`;

/** What the queue counts: JSON text, where quotes inside the body cost two bytes and a letter like ü two. */
function serialisedBytes(delivery: InboundDelivery): number {
  return new TextEncoder().encode(JSON.stringify(delivery)).length;
}
