import * as z from 'zod/mini';
import { GuestId, ListingId, ReservationId } from './ids.ts';
import { Instant, LocalDate, LocalTime } from './local-time.ts';

/** Status as Guesty names it; `unknown` keeps the vendor's word in `statusText` instead of guessing. */
export const ReservationStatus = z.enum([
  'inquiry',
  'reserved',
  'awaiting_payment',
  'confirmed',
  'checked_in',
  'checked_out',
  'canceled',
  'declined',
  'expired',
  'closed',
  'unknown',
]);
export type ReservationStatus = z.infer<typeof ReservationStatus>;

/**
 * One home of a booking. A booking that moves between homes has several, in date order; the day a later segment
 * starts is a move, not an arrival from outside. `listingId` is the unit, or the unit type while none is assigned.
 */
export const StaySegment = z.object({
  listingId: ListingId,
  checkInDate: LocalDate,
  checkOutDate: LocalDate,
  plannedArrival: z.optional(LocalTime),
  plannedDeparture: z.optional(LocalTime),
});
export type StaySegment = z.infer<typeof StaySegment>;

export const Reservation = z.object({
  reservationId: ReservationId,
  confirmationCode: z.optional(z.string()),
  status: ReservationStatus,
  /** The vendor's word when `status` is `unknown`. */
  statusText: z.optional(z.string()),
  guestId: z.optional(GuestId),
  guestName: z.optional(z.string()),
  guestsCount: z.optional(z.int().check(z.nonnegative())),
  children: z.optional(z.int().check(z.nonnegative())),
  stay: z.array(StaySegment).check(z.minLength(1)),
  /** Booking channel as the vendor names it, e.g. `airbnb2`. */
  channel: z.optional(z.string()),
  bookedAt: z.optional(Instant),
  changedAt: z.optional(Instant),
  /** Free text people wrote; never the door code, which is dropped before this type. */
  notes: z._default(z.array(z.object({ topic: z.string(), text: z.string() })), []),
});
export type Reservation = z.infer<typeof Reservation>;

/** How a status counts when someone asks who stays: as a stay, as a stay marked "not confirmed", or not at all. */
export function stayStanding(status: ReservationStatus): 'stay' | 'unconfirmed' | 'none' {
  switch (status) {
    case 'confirmed':
    case 'checked_in':
    case 'checked_out':
      return 'stay';
    case 'reserved':
    case 'awaiting_payment':
    case 'unknown':
      return 'unconfirmed';
    case 'inquiry':
    case 'canceled':
    case 'declined':
    case 'expired':
    case 'closed':
      return 'none';
  }
}
