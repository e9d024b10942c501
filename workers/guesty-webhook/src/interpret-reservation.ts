import type { GuestyReservation } from '@innkeeper/shared/adapters/guesty/payload';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { Interpretation, ReceivedDelivery } from '@innkeeper/shared/ingest/delivery-source';
import { type RecordChange, rank } from '@innkeeper/shared/ingest/record-change';
import type { Result } from '@innkeeper/shared/result/result';
import { buildChange, type ChangeOrigin, stateVersion } from './build-change.ts';
import { type Description, type HydratedReservation, hydrateReservation } from './hydrate-reservation.ts';
import { describesStay, normaliseReservation } from './normalise-reservation.ts';
import { findReservationId, publishedAt, readEventReservation } from './payload.ts';
import type { GuestyPorts } from './ports.ts';

/**
 * A reservation event is a hint that something changed: the state is read from the vendor. What the event itself says
 * ranks as hearsay, below anything ever read; it makes the booking searchable while the vendor's API is away, and
 * stands where the vendor no longer knows the booking. I/O: the ports.
 */
export async function interpretReservation(
  ports: GuestyPorts,
  received: ReceivedDelivery,
  event: string,
): Promise<Interpretation> {
  const reservationId = findReservationId(received.payload);
  if (reservationId === undefined) return unfinished({ kind: 'payload_unexpected', detail: 'no reservation id' }, []);

  const told: ChangeOrigin = {
    received,
    event,
    via: 'webhook',
    observedAtMs: Date.parse(received.delivery.receivedAt),
  };
  const heard = hearsayOf(received, reservationId, told.observedAtMs);
  const facts = heard && normaliseReservation(heard.reservation);
  const hearsay = heard && facts ? [{ rank: heard.rank, version: heard.version, facts, deleted: false }] : [];
  const suffices = facts !== undefined && describesStay(facts);
  const provisional = suffices ? [buildChange(told, 'reservation', reservationId, hearsay)] : [];

  const read = await ports.reads.reservation(reservationId);
  switch (read.outcome) {
    case 'failed':
      return unfinished(read.failure, provisional);
    case 'not_found': {
      if (heard === undefined || !suffices) {
        const detail = 'Guesty knows no such reservation, and the event says too little';
        return unfinished({ kind: 'vendor_unknown', detail }, []);
      }
      return conclude(await hydrateReservation(ports, told, heard, []), provisional);
    }
    case 'found': {
      const origin: ChangeOrigin = { ...told, via: 'hydration', observedAtMs: read.beganAtMs };
      const version = stateVersion(read.value, read.beganAtMs);
      const state: Description = { reservationId, reservation: read.value, rank: rank.state, version };
      return conclude(await hydrateReservation(ports, origin, state, hearsay), provisional);
    }
  }
}

function conclude(
  hydrated: Result<HydratedReservation, DeliveryFailure>,
  provisional: readonly RecordChange[],
): Interpretation {
  if (!hydrated.ok) return unfinished(hydrated.error, provisional);
  const { changes, failure } = hydrated.value;
  return failure === undefined ? { kind: 'understood', changes } : unfinished(failure, changes);
}

const unfinished = (failure: DeliveryFailure, changes: readonly RecordChange[]): Interpretation => ({
  kind: 'unfinished',
  changes,
  failure,
});

/** The event's own description, versioned by when the vendor says it was true. */
function hearsayOf(
  { payload }: ReceivedDelivery,
  reservationId: string,
  acceptedAtMs: number,
): Description | undefined {
  const told = readEventReservation(payload);
  if (told === undefined) return undefined;
  const reservation: GuestyReservation = { ...told, reservationId };
  const lastUpdatedAt = publishedAt(payload) ?? told.lastUpdatedAt;
  return { reservationId, reservation, rank: rank.hearsay, version: stateVersion({ lastUpdatedAt }, acceptedAtMs) };
}
