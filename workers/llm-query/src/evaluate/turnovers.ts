import type { Booking } from './bookings.ts';
import type { Asked, StayEvent } from './stay-events.ts';
import { arrivals, departures } from './stay-events.ts';

/** A home somebody leaves and somebody else enters on the same day. Pure. */
export interface Turnover {
  readonly out: StayEvent;
  readonly into: StayEvent;
}

export function turnovers(bookings: readonly Booking[], asked: Asked): Turnover[] {
  const leaving = departures(bookings, asked);
  return arrivals(bookings, asked).flatMap(into =>
    leaving
      .filter(out => out.stay.home.id === into.stay.home.id && out.date === into.date && out.stay !== into.stay)
      .map(out => ({ out, into })),
  );
}
