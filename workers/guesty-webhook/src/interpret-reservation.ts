import type { GuestyReservation } from '@innkeeper/shared/adapters/guesty/payload';
import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type ChangePart, rank } from '@innkeeper/shared/ingest/record-change';
import { buildChange, webhookOrigin } from './build-change.ts';
import { markToRead } from './marks.ts';
import { toEpochMs } from './normalise-moment.ts';
import { describesStay, normaliseReservation } from './normalise-reservation.ts';
import { findReservationId, placeOfReservationId, publishedAt, readEventReservation } from './payload.ts';
import type { GuestyPorts } from './ports.ts';
import { unexpected } from './unexpected.ts';

/**
 * A reservation event is a hint that something changed: the state is read from the vendor. What the event itself says
 * ranks as hearsay, below anything ever read; it makes the booking searchable until then. Pure.
 */
export function interpretReservation(_ports: GuestyPorts, received: ReceivedDelivery, event: string): Interpretation {
  const { payload } = received;
  const reservationId = findReservationId(payload);
  if (reservationId === undefined) return unexpected({ issues: [{ path: placeOfReservationId(payload) }] });

  const origin = webhookOrigin(received, event);
  const told = readEventReservation(payload);
  const saidAtMs = toEpochMs(publishedAt(payload) ?? told?.lastUpdatedAt) ?? origin.observedAtMs;
  const hearsay = told === undefined ? undefined : hearsayOf({ ...told, reservationId }, saidAtMs);
  return {
    kind: 'understood',
    changes: hearsay === undefined ? [] : [buildChange(origin, 'reservation', reservationId, [hearsay])],
    marks: [markToRead(origin, 'reservation', reservationId, saidAtMs)],
  };
}

/** Absent where the event says too little to be a booking. */
function hearsayOf(reservation: GuestyReservation, version: number): ChangePart | undefined {
  const facts = normaliseReservation(reservation);
  return describesStay(facts) ? { rank: rank.hearsay, version, facts, deleted: false } : undefined;
}
