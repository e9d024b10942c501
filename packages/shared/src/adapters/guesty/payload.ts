import * as z from 'zod';

/**
 * Guesty's objects as its API (v1 and v3) and its webhooks send them. One tolerant shape per thing, because the same
 * field stands in other places by version and by event; unknown keys fall away, door codes (`keyCode`) with them. A
 * field we could do without never spoils the rest: of another type than expected, it counts as not sent.
 */
const id = z.string().min(1);
const text = z.string().nullish().catch(undefined);
const count = z.number().nonnegative().nullish().catch(undefined);

const StayPart = z.object({
  unitTypeId: text,
  unitId: text,
  checkInDateLocalized: text,
  checkOutDateLocalized: text,
  plannedArrivalTime: text,
  plannedDepartureTime: text,
  plannedArrival: text,
  plannedDeparture: text,
  eta: text,
  etd: text,
});
export type GuestyStayPart = z.infer<typeof StayPart>;

export const GuestyGuest = z.object({
  _id: id.optional().catch(undefined),
  id: id.optional().catch(undefined),
  firstName: text,
  lastName: text,
  fullName: text,
  email: text,
  emails: z.array(z.string()).nullish().catch(undefined),
  phone: text,
  phones: z.array(z.string()).nullish().catch(undefined),
  tags: z.array(z.string()).nullish().catch(undefined),
  lastUpdatedAt: text,
  updatedAt: text,
});
export type GuestyGuest = z.infer<typeof GuestyGuest>;

export const GuestyListing = z.object({
  _id: id,
  nickname: text,
  title: text,
  timezone: text,
  defaultCheckInTime: text,
  defaultCheckOutTime: text,
  accommodates: count,
  bedrooms: count,
  active: z.boolean().nullish().catch(undefined),
  address: z.object({ full: text, city: text }).nullish().catch(undefined),
  publicDescription: z.record(z.string(), z.unknown()).nullish().catch(undefined),
  lastUpdatedAt: text,
  updatedAt: text,
});
export type GuestyListing = z.infer<typeof GuestyListing>;

export const GuestyReservation = StayPart.extend({
  reservationId: id.optional().catch(undefined),
  _id: id.optional().catch(undefined),
  id: id.optional().catch(undefined),
  status: text,
  confirmationCode: text,
  source: text,
  integration: z.object({ platform: text }).nullish().catch(undefined),
  listingId: text,
  listing: z.object({ timezone: text }).nullish().catch(undefined),
  /** UTC instants; can stay at the old time after a manual change, so localized dates go first. */
  checkIn: text,
  checkOut: text,
  guestId: text,
  guest: GuestyGuest.nullish().catch(undefined),
  guestsCount: count,
  numberOfGuests: z.object({ numberOfChildren: count, numberOfInfants: count }).nullish().catch(undefined),
  stay: z.array(StayPart).nullish().catch(undefined),
  note: text,
  notes: z
    .union([z.string(), z.object({ cleaning: text, specialRequests: text, guest: text, other: text })])
    .nullish()
    .catch(undefined),
  createdAt: text,
  confirmedAt: text,
  lastUpdatedAt: text,
});
export type GuestyReservation = z.infer<typeof GuestyReservation>;

export const reservationIdOf = (reservation: GuestyReservation): string | undefined =>
  reservation.reservationId ?? reservation._id ?? reservation.id;

/** A list as Guesty's routes have been seen to wrap it: bare, in `results` or in `data`; a single thing counts as a list of one. */
export function listOf(answer: unknown): readonly unknown[] | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined;
  const wrapped: unknown = 'results' in answer ? answer.results : 'data' in answer ? answer.data : answer;
  return Array.isArray(wrapped) ? (wrapped as unknown[]) : [wrapped];
}
