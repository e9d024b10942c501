import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { StoredEvent } from '../contracts/stored-event.ts';
import type { RecordSource } from '../domain/ids.ts';
import { type JsonObject, parseJsonObject } from '../http-edge/parse-json-object.ts';
import type { DurabilityError, OverflowStore } from '../ports/delivery-queue.ts';
import { err, ok, type Result } from '../result/result.ts';
import type { DeliveryFailure } from './delivery-fate.ts';
import { scrubPayload } from './scrub-payload.ts';

/** Bodies of deliveries: read from the queue's message or from the overflow store, and put into what is kept. I/O: the overflow store. */
export async function readDeliveryBody(
  overflow: OverflowStore,
  delivery: InboundDelivery,
): Promise<Result<JsonObject, DeliveryFailure>> {
  const text = 'inline' in delivery.body ? ok(delivery.body.inline) : await overflow.get(delivery.body.r2Key);
  if (!text.ok) return text;
  if (text.value === undefined) return err({ kind: 'body_missing', detail: 'no object under the key of the delivery' });
  const parsed = parseJsonObject(new TextEncoder().encode(text.value));
  return parsed.ok ? parsed : err({ kind: 'delivery_unreadable', detail: parsed.error });
}

/** A Firestore document has 1 MiB (1,048,576 bytes) with its names; the rest is headroom for the other fields. */
const PAYLOAD_IN_DOCUMENT_BYTES_MAX = 900_000;

/** The payload as it is kept with its event, without secrets: in the document, or beside it where it is too large. */
export async function keepPayload(
  overflow: OverflowStore,
  delivery: InboundDelivery,
  payload: JsonObject,
): Promise<Result<StoredEvent['payload'], DurabilityError>> {
  const text = JSON.stringify(scrubPayload(payload));
  if (new TextEncoder().encode(text).length <= PAYLOAD_IN_DOCUMENT_BYTES_MAX) return ok({ inline: text });
  const r2Key = `events/${delivery.source}/${delivery.eventId}.json`;
  const stored = await overflow.put(r2Key, text);
  return stored.ok ? ok({ r2Key }) : stored;
}

/**
 * Where the body of a delivery is until it is noted. Derived from it, so that the same one delivered twice is one object;
 * a replay's is another, which ends with the replay.
 */
export const deliveryBodyKey = (source: RecordSource, eventId: string, replay?: string): string =>
  `deliveries/${source}/${eventId}${replay === undefined ? '' : `~${encodeURIComponent(replay)}`}.json`;

/**
 * Removes the raw body once its event is noted; the payload kept with an event, which a replay refers to, stays. A failure
 * leaves an object that the bucket's lifecycle rule removes.
 */
export async function dropDeliveryBody(overflow: OverflowStore, delivery: InboundDelivery): Promise<boolean> {
  const rawKey = deliveryBodyKey(delivery.source, delivery.eventId, delivery.replay);
  const isRaw = 'r2Key' in delivery.body && delivery.body.r2Key === rawKey;
  return !isRaw || (await overflow.delete(rawKey)).ok;
}
