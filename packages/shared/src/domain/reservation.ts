import * as z from 'zod';
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
  plannedArrival: LocalTime.optional(),
  plannedDeparture: LocalTime.optional(),
});
export type StaySegment = z.infer<typeof StaySegment>;

export const Reservation = z.object({
  reservationId: ReservationId,
  confirmationCode: z.string().optional(),
  status: ReservationStatus,
  /** The vendor's word when `status` is `unknown`. */
  statusText: z.string().optional(),
  guestId: GuestId.optional(),
  guestName: z.string().optional(),
  guestsCount: z.int().nonnegative().optional(),
  children: z.int().nonnegative().optional(),
  stay: z.array(StaySegment).min(1),
  /** Booking channel as the vendor names it, e.g. `airbnb2`. */
  channel: z.string().optional(),
  bookedAt: Instant.optional(),
  changedAt: Instant.optional(),
  /** Free text people wrote; never the door code, which is dropped before this type. */
  notes: z.array(z.object({ topic: z.string(), text: z.string() })).default([]),
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
