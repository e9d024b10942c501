import type { GuestyReservation } from '@innkeeper/shared/adapters/guesty/payload';
import type { DeliveryFailure } from '@innkeeper/shared/ingest/delivery-fate';
import type { ChangePart, PartialFacts, Rank, RecordChange } from '@innkeeper/shared/ingest/record-change';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { buildChange, type ChangeOrigin } from './build-change.ts';
import { findNamed } from './find-named.ts';
import { normaliseReservation } from './normalise-reservation.ts';
import type { GuestyPorts } from './ports.ts';

/** A description of a reservation, and how much it counts. */
export interface Description {
  readonly reservationId: string;
  readonly reservation: GuestyReservation;
  readonly rank: Rank;
  readonly version: number;
}

/** The reservation with the homes and the guest it names where those are new to us. */
export interface HydratedReservation {
  /** The reservation's own change first. */
  readonly changes: readonly RecordChange[];
  readonly facts: PartialFacts<'reservation'>;
  /** Something named could not be read for now; what is in `changes` is true all the same. */
  readonly failure?: DeliveryFailure;
}

/** I/O: the ports. */
export async function hydrateReservation(
  ports: GuestyPorts,
  origin: ChangeOrigin,
  description: Description,
  /** What else is known of it, e.g. from the event, which fills what the vendor left out. */
  besides: readonly ChangePart[],
): Promise<Result<HydratedReservation, DeliveryFailure>> {
  const { reservationId, reservation, rank, version } = description;
  const described = normaliseReservation({ ...reservation, reservationId });
  const homeIds = [...new Set((described.stay ?? []).map(segment => segment.listingId))];
  const guestId = described.guestId ?? undefined;
  const named = await findNamed(ports, origin, { homeIds, guestId, embedded: reservation.guest });
  if (!named.ok) return named;

  const facts = described.guestName ? described : { ...described, guestName: named.value.fullName };
  const { failure } = named.value;
  return ok({
    changes: [
      buildChange(origin, 'reservation', reservationId, [...besides, { rank, version, facts, deleted: false }]),
      ...named.value.changes,
    ],
    facts,
    ...(failure === undefined ? {} : { failure }),
  });
}
