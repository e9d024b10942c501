import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import type { Parked } from '../contracts/parked.ts';
import { StoredEvent } from '../contracts/stored-event.ts';
import { type DocumentFields, type DocumentPath, type StoredDocument, Timestamp } from '../ports/document-store.ts';

/** How deliveries stand in Firestore: paths and fields of `events` and `parked`. Pure. */
export const eventPath = (eventId: string): DocumentPath => `events/${eventId}`;
export const parkedPath = (source: string, eventId: string): DocumentPath => `parked/${source}-${eventId}`;

/** How a delivery ended. */
export type Ending =
  | { readonly outcome: 'written' | 'older' | 'same' | 'marked' }
  | { readonly outcome: 'unsupported'; readonly reason: string }
  | { readonly outcome: 'parked'; readonly reason: string; readonly detail: string; readonly attempts: number };

export interface EventToStore {
  readonly delivery: InboundDelivery;
  /** The vendor's name of the event. */
  readonly event: string;
  readonly payload: StoredEvent['payload'];
  readonly records: readonly string[];
  readonly pipelineRevision: number;
}

/** What is kept of a delivery about a person who was erased: that it was there. It cannot be replayed. */
export const ERASED_PAYLOAD = { inline: '{"erased":true}' } satisfies StoredEvent['payload'];

/** Long enough to replay after a mapping fix, short enough for people's data at rest. */
const EVENT_TTL_MS = 30 * 86_400_000;

export function eventFields(stored: EventToStore, ending: Ending): DocumentFields {
  const { delivery } = stored;
  const event = {
    v: 1,
    source: delivery.source,
    eventId: delivery.eventId,
    event: stored.event,
    receivedAt: delivery.receivedAt,
    outcome: ending.outcome,
    ...('reason' in ending ? { reason: ending.reason } : {}),
    records: [...stored.records],
    ...(delivery.replay === undefined ? {} : { replay: delivery.replay }),
    pipelineRevision: stored.pipelineRevision,
    payload: stored.payload,
  } satisfies StoredEvent;
  const expireAt = Timestamp.fromMillis(Date.parse(delivery.receivedAt) + EVENT_TTL_MS);
  return { ...event, expireAt };
}

/** An event noted before keeps its payload: this delivery's own may be gone from the overflow store by now. */
export function parkedAgainFields(
  noted: DocumentFields,
  { delivery, pipelineRevision }: EventToStore,
  { outcome, reason }: Ending & { outcome: 'parked' },
): DocumentFields {
  const replay = delivery.replay === undefined ? {} : { replay: delivery.replay };
  return { ...noted, outcome, reason, pipelineRevision, ...replay };
}

export function parkedFields(
  by: string,
  subject: string,
  ending: Ending & { outcome: 'parked' },
  nowMs: number,
): Parked {
  return {
    v: 1,
    by,
    reason: ending.reason,
    detail: ending.detail,
    subject,
    attempts: ending.attempts,
    parkedAt: new Date(nowMs).toISOString(),
  };
}

/**
 * What an earlier delivery of the same event left. `open`: read it again, because the mapping is newer, it was parked, or
 * a replay asks for it.
 */
export function eventStanding(
  document: StoredDocument | undefined,
  delivery: Pick<InboundDelivery, 'replay'>,
  pipelineRevision: number,
): 'none' | 'open' | 'settled' {
  if (document === undefined) return 'none';
  if (delivery.replay !== undefined) return 'open';
  const stored = StoredEvent.safeParse(document.fields);
  if (!stored.success || stored.data.outcome === 'parked') return 'open';
  return stored.data.pipelineRevision < pipelineRevision ? 'open' : 'settled';
}
