import { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { OperateRequest, OperateResponse } from '../contracts/operate.ts';
import { StoredEvent } from '../contracts/stored-event.ts';
import type { RecordSource } from '../domain/ids.ts';
import { QUEUE_MESSAGE_BYTES_MAX } from '../ingest/accept-delivery.ts';
import { deliveryBodyKey } from '../ingest/delivery-body.ts';
import { ERASED_PAYLOAD, eventPath } from '../ingest/event-document.ts';
import type { DeliveryQueue, DurabilityError, OverflowStore } from '../ports/delivery-queue.ts';
import type { DocumentStore, StoredDocument, StoreError } from '../ports/document-store.ts';
import { ok, type Result } from '../result/result.ts';

/**
 * Stored events on the queue again: under their own ids and with the time they were first accepted at, so that what they
 * say is as old as it is. Sending one twice is harmless. I/O: the document store, the queue, the overflow store.
 */
export interface ReplayPorts {
  readonly source: RecordSource;
  readonly store: DocumentStore;
  readonly queue: DeliveryQueue;
  readonly overflow: OverflowStore;
}

type Replayed = OperateResponse<'replay'>;
type Outcome = Replayed['events'][number]['outcome'];

export async function replayEvents(
  ports: ReplayPorts,
  { replayId, eventIds }: OperateRequest<'replay'>,
): Promise<Result<Replayed, StoreError | DurabilityError>> {
  const ids = [...new Set(eventIds)];
  // What is no id of ours may be no id for a document either.
  const possible = ids.filter(id => InboundDelivery.shape.eventId.safeParse(id).success);
  const read = await ports.store.getAll(possible.map(eventPath));
  if (!read.ok) return read;
  const documents = new Map(possible.map((id, index) => [id, read.value[index]]));
  const events: Replayed['events'] = [];
  for (const eventId of ids) {
    const outcome = await replayOne(ports, replayId, documents.get(eventId));
    if (!outcome.ok) return outcome;
    events.push({ eventId, outcome: outcome.value });
  }
  return ok({ events });
}

async function replayOne(
  ports: ReplayPorts,
  replayId: string,
  document: StoredDocument | undefined,
): Promise<Result<Outcome, DurabilityError>> {
  const stored = StoredEvent.safeParse(document?.fields);
  if (!stored.success) return ok('unknown');
  if (stored.data.source !== ports.source) return ok('not_ours');
  const body = await bodyOf(ports, replayId, stored.data);
  if (!body.ok) return body;
  if (body.value === undefined) return ok('payload_gone');
  const { eventId, receivedAt } = stored.data;
  const delivery: InboundDelivery = {
    v: 1,
    source: ports.source,
    eventId,
    receivedAt,
    replay: replayId,
    body: body.value,
  };
  const sent = await ports.queue.send(delivery);
  return sent.ok ? ok('sent') : sent;
}

/** The envelope around a body: ids and names, at most a kilobyte and a half. */
const ENVELOPE_BYTES_MAX = 2_000;

/** The payload as the consumer will read it; `undefined` where it is no longer kept. */
async function bodyOf(
  { source, overflow }: ReplayPorts,
  replayId: string,
  { eventId, payload }: StoredEvent,
): Promise<Result<InboundDelivery['body'] | undefined, DurabilityError>> {
  if ('r2Key' in payload) {
    const kept = await overflow.get(payload.r2Key);
    if (!kept.ok) return kept;
    return ok(kept.value === undefined ? undefined : payload);
  }
  if (payload.inline === ERASED_PAYLOAD.inline) return ok(undefined);
  // As text within the message's JSON, where quotes cost two bytes.
  const bytes = new TextEncoder().encode(JSON.stringify(payload.inline)).length;
  if (bytes + ENVELOPE_BYTES_MAX <= QUEUE_MESSAGE_BYTES_MAX) return ok(payload);
  const r2Key = deliveryBodyKey(source, eventId, replayId);
  const put = await overflow.put(r2Key, payload.inline);
  return put.ok ? ok({ r2Key }) : put;
}
