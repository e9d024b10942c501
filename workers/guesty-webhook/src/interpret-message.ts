import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { StaySegment } from '@innkeeper/shared/domain/reservation';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import { buildChange, type ChangeOrigin, stateVersion } from './build-change.ts';
import { hydrateReservation } from './hydrate-reservation.ts';
import { normaliseMessage, reservationOfMessage } from './normalise-message.ts';
import { describesStay } from './normalise-reservation.ts';
import { MessageEvent } from './payload.ts';
import type { GuestyPorts } from './ports.ts';
import { unexpected } from './unexpected.ts';

/**
 * A guest message: in full in the event, except for the home it is about, which the booking tells. A booking that is
 * not known yet is read like one an event was about. I/O: the ports.
 */
export async function interpretMessage(
  ports: GuestyPorts,
  received: ReceivedDelivery,
  event: string,
): Promise<Interpretation> {
  const parsed = MessageEvent.safeParse(received.payload);
  if (!parsed.success) return unexpected(parsed.error);
  const message = parsed.data;
  const origin: ChangeOrigin = {
    received,
    event,
    via: 'webhook',
    observedAtMs: Date.parse(received.delivery.receivedAt),
  };
  const booking = await findBooking(ports, origin, reservationOfMessage(message));
  const facts = normaliseMessage(message, homeAt(booking.stay, message.message.createdAt));
  if (facts.sentAt === undefined) return unexpected({ issues: [{ path: ['message', 'createdAt'] }] });
  const part = { rank: rank.state, version: Date.parse(facts.sentAt ?? ''), facts, deleted: false };
  const changes = [buildChange(origin, 'guest-message', message.message.postId, [part]), ...booking.changes];
  const { failure } = booking;
  return failure === undefined ? { kind: 'understood', changes } : { kind: 'unfinished', changes, failure };
}

interface Booking {
  readonly stay: readonly StaySegment[];
  readonly changes: readonly RecordChange[];
  readonly failure?: DeliveryFailure;
}

const NO_BOOKING: Booking = { stay: [], changes: [] };

async function findBooking(ports: GuestyPorts, origin: ChangeOrigin, id: string | undefined): Promise<Booking> {
  if (id === undefined) return NO_BOOKING;
  const known = await ports.store.getAll([`records/${recordKey('guesty', 'reservation', id)}`]);
  if (!known.ok) return { ...NO_BOOKING, failure: known.error };
  const record = BusinessRecord.safeParse(known.value[0]?.fields);
  if (record.success && record.data.kind === 'reservation') return { stay: record.data.facts.stay, changes: [] };

  const read = await ports.reads.reservation(id);
  if (read.outcome === 'not_found') return NO_BOOKING;
  if (read.outcome === 'failed') return { ...NO_BOOKING, failure: read.failure };
  const hydratedFrom: ChangeOrigin = { ...origin, via: 'hydration', observedAtMs: read.beganAtMs };
  const version = stateVersion(read.value, read.beganAtMs);
  const state = { reservationId: id, reservation: read.value, rank: rank.state, version };
  const hydrated = await hydrateReservation(ports, hydratedFrom, state, []);
  if (!hydrated.ok) return { ...NO_BOOKING, failure: hydrated.error };
  const { facts, changes, failure } = hydrated.value;
  // A booking too incomplete to be a record must not keep its messages from being one.
  return {
    stay: facts.stay ?? [],
    changes: describesStay(facts) ? changes : [],
    ...(failure === undefined ? {} : { failure }),
  };
}

/** The home of the segment under way when it was written; before the stay, the first one. */
function homeAt(stay: readonly StaySegment[], sentAt: string): string | undefined {
  const begun = stay.filter(segment => segment.checkInDate <= sentAt.slice(0, 10));
  return (begun.at(-1) ?? stay[0])?.listingId;
}
