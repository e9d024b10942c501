import type { BookingLookup } from './booking-lookup.ts';

/** What understanding a Guesty delivery may ask: what is known already. Never the vendor. */
export interface GuestyPorts {
  readonly bookings: BookingLookup;
}
