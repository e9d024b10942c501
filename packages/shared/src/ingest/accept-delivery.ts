import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { RecordSource } from '../domain/ids.ts';
import type { Log } from '../log/log.ts';
import type { DeliveryQueue, DurabilityError, OverflowStore } from '../ports/delivery-queue.ts';
import { ok, type Result } from '../result/result.ts';
import { answerInTime } from './answer-in-time.ts';
import { deliveryBodyKey } from './delivery-body.ts';

/**
 * Makes an authentic delivery durable before its sender is told so: on the queue, else in the bucket, from where
 * `sweepUnsent` puts it on the queue later. Only when neither takes it in time is the sender asked to come back.
 * I/O: the queue; the overflow store for large bodies and for what the queue did not take.
 */
export interface AcceptDeliveryPorts {
  readonly queue: DeliveryQueue;
  readonly overflow: OverflowStore;
  readonly now: () => number;
  readonly log: Log;
  /** Told of each delivery that the bucket took instead of the queue. */
  readonly onUnsent?: () => void;
}

export interface AuthenticDelivery {
  readonly source: RecordSource;
  readonly eventId: string;
  /** JSON text without the credential it may have carried. */
  readonly body: string;
}

/** A message on a Cloudflare Queue may have 128 kB (128,000 bytes), the platform's own ~100 bytes included; the rest is headroom. */
export const QUEUE_MESSAGE_BYTES_MAX = 126_000;

/**
 * Connections that a Worker or a Durable Object may have open at once, `send` of a queue and `put` of a bucket among them;
 * one more waits until another ends. The time that a store has for its answer runs meanwhile, so nobody accepts more
 * deliveries than this together.
 */
export const CONNECTIONS_MAX = 6;

export async function acceptDelivery(
  ports: AcceptDeliveryPorts,
  authentic: AuthenticDelivery,
): Promise<Result<void, DurabilityError>> {
  const fitted = await fitToQueue(ports, authentic);
  if (!fitted.ok) return fitted;
  const storesMax = 'inline' in fitted.value.body ? 2 : 3;
  const queued = await answerInTime(ports.queue.send(fitted.value), storesMax);
  if (queued.ok) return queued;
  const { source, eventId } = authentic;
  const unsent = ports.overflow.put(unsentKey(source, eventId), JSON.stringify(fitted.value));
  const kept = await answerInTime(unsent, storesMax);
  if (!kept.ok) return kept;
  ports.log.warn('delivery.unsent', { source, eventId, reason: queued.error.detail });
  ports.onUnsent?.();
  return ok(undefined);
}

/** Deliveries that wait in the bucket for the queue, each a whole `InboundDelivery`. */
export const unsentPrefix = (source: RecordSource): string => `unsent/${source}/`;

const unsentKey = (source: RecordSource, eventId: string): string => `${unsentPrefix(source)}${eventId}.json`;

/** The delivery as the queue takes it: its body inline, or by reference once the body itself is stored. */
async function fitToQueue(
  ports: AcceptDeliveryPorts,
  { source, eventId, body }: AuthenticDelivery,
): Promise<Result<InboundDelivery, DurabilityError>> {
  const envelope = { v: 1 as const, source, eventId, receivedAt: new Date(ports.now()).toISOString() };
  const inline: InboundDelivery = { ...envelope, body: { inline: body } };
  if (body.length <= SURELY_FITS || serialisedBytes(inline) <= QUEUE_MESSAGE_BYTES_MAX) return ok(inline);
  const r2Key = deliveryBodyKey(source, eventId);
  const stored = await answerInTime(ports.overflow.put(r2Key, body), 3);
  return stored.ok ? ok({ ...envelope, body: { r2Key } }) : stored;
}

/** Characters that fit whatever they are: JSON takes at most six bytes for one, and the envelope some two hundred. */
const SURELY_FITS = Math.floor(QUEUE_MESSAGE_BYTES_MAX / 6) - 200;

/** What the queue counts: JSON text, where quotes inside the body cost two bytes and a letter like ü two. */
function serialisedBytes(delivery: InboundDelivery): number {
  return new TextEncoder().encode(JSON.stringify(delivery)).length;
}
