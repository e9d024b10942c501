import type { Booking, Stay } from './bookings.ts';
import type { Home } from './homes.ts';

/** Who is, was or will be next in one home; `found` is empty when nobody. Pure. */
export interface Occupant {
  readonly home: Home;
  readonly found: readonly { readonly booking: Booking; readonly stay: Stay }[];
}

export function occupants(
  bookings: readonly Booking[],
  homes: readonly Home[],
  which: 'current' | 'next' | 'previous',
): Occupant[] {
  return homes.map(home => {
    const here = bookings
      .flatMap(booking => booking.stays.map(stay => ({ booking, stay })))
      .filter(({ stay }) => stay.home.id === home.id)
      .sort((left, right) => left.stay.checkIn.localeCompare(right.stay.checkIn));
    switch (which) {
      case 'current':
        // Who leaves or arrives today is, or will be, there: the times in the answer tell which.
        return { home, found: here.filter(({ stay }) => stay.checkIn <= home.today && home.today <= stay.checkOut) };
      case 'next':
        return { home, found: firstDay(here.filter(({ stay }) => stay.checkIn > home.today)) };
      case 'previous':
        return {
          home,
          found: here
            .filter(({ booking, stay }) => booking.standing === 'stay' && stay.checkOut <= home.today)
            .sort((left, right) => right.stay.checkOut.localeCompare(left.stay.checkOut))
            .slice(0, 1),
        };
    }
  });
}

/** Everything that starts on the earliest day: an unconfirmed booking may compete with a confirmed one. */
function firstDay<T extends { readonly stay: Stay }>(sorted: readonly T[]): T[] {
  return sorted.filter(({ stay }) => stay.checkIn === sorted[0]?.stay.checkIn);
}
