import type { Row } from './guesty-query.ts';
import type { GuestyListing, GuestyReservation } from './guesty-shapes.ts';
import { instantOf } from './reservation-v1.ts';

/**
 * The newer views of a reservation, by ids and as the search shows them. Neither says who the guest is but by id, what
 * was planned but as instants with the home's usual times in them, or when it last changed. Pure.
 */
type ListingOf = (id: string) => GuestyListing | undefined;
type Stay = GuestyReservation['stay'][number];

export function reservationById(reservation: GuestyReservation, listingOf: ListingOf): Row {
  const { reservationId, guestId, guest, lastUpdatedAt: _untold, stay, ...kept } = reservation;
  return {
    ...kept,
    _id: reservationId,
    bookerId: guestId ?? guest?._id,
    stay: stay.map(part => {
      const { plannedArrivalTime: _arrival, plannedDepartureTime: _departure, ...shown } = part;
      const { arrival, departure } = instantsOf(part, listingOf);
      return { ...shown, eta: arrival, etd: departure };
    }),
  };
}

export function searchedReservation(reservation: GuestyReservation, listingOf: ListingOf): Row {
  const { guestId, guest, lastUpdatedAt: _untold, stay, ...kept } = reservation;
  const segments = stay.map(part => {
    const { plannedArrivalTime: _arrival, plannedDepartureTime: _departure, unitId, unitTypeId, ...shown } = part;
    const { arrival, departure } = instantsOf(part, listingOf);
    const parent = unitId === undefined || unitTypeId === unitId ? {} : { parentListingId: unitTypeId };
    return { ...shown, listingId: unitId ?? unitTypeId, ...parent, checkIn: arrival, checkOut: departure };
  });
  const { listingId, checkIn, checkInDateLocalized } = segments[0] ?? {};
  const { checkOut, checkOutDateLocalized } = segments.at(-1) ?? {};
  const whole = { listingId, checkIn, checkOut, checkInDateLocalized, checkOutDateLocalized };
  return { ...kept, guestId: guestId ?? guest?._id, ...whole, stay: segments };
}

/** Absent where the home and so its zone is not known. */
function instantsOf(part: Stay, listingOf: ListingOf): { readonly arrival?: string; readonly departure?: string } {
  const listing = listingOf(part.unitId ?? part.unitTypeId ?? '');
  if (listing === undefined) return {};
  const arrival = part.plannedArrivalTime ?? listing.defaultCheckInTime;
  const departure = part.plannedDepartureTime ?? listing.defaultCheckOutTime;
  return {
    arrival: instantOf(part.checkInDateLocalized, arrival, listing.timezone),
    departure: instantOf(part.checkOutDateLocalized, departure, listing.timezone),
  };
}
