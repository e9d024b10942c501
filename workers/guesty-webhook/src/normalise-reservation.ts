import {
  type GuestyMoment,
  type GuestyReservation,
  type GuestyStayPart,
  reservationIdOf,
} from '@innkeeper/shared/adapters/guesty/payload';
import { GuestId, ListingId, ReservationId } from '@innkeeper/shared/domain/ids';
import { TimeZone } from '@innkeeper/shared/domain/local-time';
import { ReservationStatus, type StaySegment } from '@innkeeper/shared/domain/reservation';
import type { PartialFacts } from '@innkeeper/shared/ingest/record-change';
import { guestName } from './normalise-guest.ts';
import { dateInZone, toInstant, toLocalDate, toLocalTime } from './normalise-moment.ts';

/**
 * A reservation as Guesty describes it (v3, v1, an older event's full body or a lean event) to facts. Pure.
 * A field that was not sent is absent, which says nothing; one that was sent empty is `null`, which says there is none.
 */
export function normaliseReservation(reservation: GuestyReservation): PartialFacts<'reservation'> {
  const stay = stayOf(reservation);
  return {
    reservationId: parsed(ReservationId, reservationIdOf(reservation)),
    confirmationCode: blankToNull(reservation.confirmationCode),
    ...statusOf(reservation.status),
    guestId: parsed(GuestId, reservation.guestId ?? reservation.guest?._id ?? reservation.bookerId),
    guestName: guestName(reservation.guest),
    guestsCount: whole(reservation.guestsCount ?? reservation.stay?.[0]?.guestsCount),
    children: childrenOf(reservation.numberOfGuests ?? reservation.stay?.[0]?.numberOfGuests),
    stay: stay.length > 0 ? stay : undefined,
    channel: blankToNull(reservation.source ?? reservation.integration?.platform),
    bookedAt: toInstant(reservation.confirmedAt ?? reservation.createdAt),
    changedAt: toInstant(reservation.lastUpdatedAt),
    notes: notesOf(reservation),
  };
}

/** Whether these facts alone describe a stay that can be answered from. */
export function describesStay(facts: PartialFacts<'reservation'>): boolean {
  return Boolean(facts.reservationId && facts.status && facts.stay && facts.stay.length > 0);
}

/** The vendor's word to ours; a word we do not know is kept, not guessed at. */
function statusOf(word: string | null | undefined): PartialFacts<'reservation'> {
  if (!word) return {};
  const known = ReservationStatus.safeParse(word === 'cancelled' ? 'canceled' : word);
  return known.success && known.data !== 'unknown'
    ? { status: known.data, statusText: null }
    : { status: 'unknown', statusText: word };
}

/** Segments in date order; a booking of one home is one segment. A part without home or dates is no segment. */
function stayOf(reservation: GuestyReservation): StaySegment[] {
  const zone = TimeZone.safeParse(reservation.listing?.timezone).data;
  const parts = reservation.stay?.length ? reservation.stay : [reservation];
  const single = parts.length === 1;
  return parts
    .flatMap(part => {
      const home = part.unitId ?? part.listingId ?? ownListing(reservation, single) ?? part.unitTypeId;
      const listingId = parsed(ListingId, home);
      const checkInDate = toLocalDate(part.checkInDateLocalized) ?? instantDate(reservation.checkIn, zone, single);
      const checkOutDate = toLocalDate(part.checkOutDateLocalized) ?? instantDate(reservation.checkOut, zone, single);
      if (listingId === undefined || checkInDate === undefined || checkOutDate === undefined) return [];
      return [{ listingId, checkInDate, checkOutDate, ...plannedTimes(part, reservation, single) }];
    })
    .sort((left, right) => (left.checkInDate < right.checkInDate ? -1 : 1));
}

/** What stands beside the segments speaks of the whole booking: it describes a segment only where there is one. */
const ownListing = (reservation: GuestyReservation, single: boolean) => (single ? reservation.listingId : undefined);
const instantDate = (instant: GuestyMoment, zone: TimeZone | undefined, single: boolean) =>
  single ? dateInZone(instant, zone) : undefined;

function plannedTimes(part: GuestyStayPart, reservation: GuestyReservation, single: boolean) {
  const whole: Partial<GuestyStayPart> = single ? reservation : {};
  const plannedArrival = [part.plannedArrivalTime, part.plannedArrival, part.eta, whole.plannedArrival, whole.eta]
    .map(toLocalTime)
    .find(time => time !== undefined);
  const plannedDeparture = [
    part.plannedDepartureTime,
    part.plannedDeparture,
    part.etd,
    whole.plannedDeparture,
    whole.etd,
  ]
    .map(toLocalTime)
    .find(time => time !== undefined);
  return {
    ...(plannedArrival === undefined ? {} : { plannedArrival }),
    ...(plannedDeparture === undefined ? {} : { plannedDeparture }),
  };
}

function childrenOf(guests: GuestyReservation['numberOfGuests']): number | undefined {
  const counts = [guests?.numberOfChildren, guests?.numberOfInfants].filter(count => typeof count === 'number');
  return counts.length === 0 ? undefined : Math.round(counts.reduce((sum, count) => sum + count, 0));
}

const NOTE_TOPICS = ['cleaning', 'specialRequests', 'guest', 'other'] as const;

function notesOf({ notes, note }: GuestyReservation): PartialFacts<'reservation'>['notes'] {
  if ((notes === undefined || notes === null) && (note === undefined || note === null)) return undefined;
  const byTopic = typeof notes === 'object' && notes !== null ? notes : {};
  const entries: [string, string | null | undefined][] = [
    ...NOTE_TOPICS.map((topic): [string, string | null | undefined] => [topic, byTopic[topic]]),
    ['note', typeof notes === 'string' ? notes : undefined],
    ['note', note],
  ];
  return entries.flatMap(([topic, text]) => (text?.trim() ? [{ topic, text: text.trim() }] : []));
}

const whole = (count: number | null | undefined): number | undefined =>
  typeof count === 'number' ? Math.round(count) : undefined;

const blankToNull = (text: string | null | undefined): string | null | undefined =>
  text === undefined ? undefined : text?.trim() || null;

function parsed<T>(schema: { safeParse(value: unknown): { data?: T | undefined } }, value: unknown): T | undefined {
  return schema.safeParse(value).data;
}
