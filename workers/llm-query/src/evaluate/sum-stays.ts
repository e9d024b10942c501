import { addDays, daysBetween } from '@innkeeper/shared/domain/local-time';
import type { When } from '@innkeeper/shared/domain/plan';
import type { Booking } from './bookings.ts';
import { bookingsIn, nightsOf } from './bookings.ts';
import { daysAt } from './homes.ts';
import type { StayEvent } from './stay-events.ts';

/** Sums over the stays an answer lists. A booking counts once, however many of its stays are listed. Pure. */
export interface PeopleSum {
  readonly people: number;
  readonly bookings: number;
  /** Bookings that do not say how many come: not in the sum, and said beside it. */
  readonly unsaid: number;
}

export function sumPeople(events: readonly { readonly booking: Booking }[]): PeopleSum {
  const counts = bookingsIn(events).map(({ guestsCount }) => guestsCount);
  const known = counts.filter(count => count !== undefined);
  return {
    people: known.reduce((sum, count) => sum + count, 0),
    bookings: counts.length,
    unsaid: counts.length - known.length,
  };
}

export interface NightsSum {
  /** Of the bookings from first arrival to last departure. */
  readonly nights: number;
  /** Those of them that fall on the days meant, in the homes listed. */
  readonly within: number;
  readonly bookings: number;
}

export function sumNights(events: readonly StayEvent[], when: When): NightsSum {
  const bookings = bookingsIn(events);
  const stays = new Set(events.map(({ stay }) => stay));
  const within = [...stays].map(stay => {
    const days = daysAt(when, stay.home);
    if (days === undefined) return 0;
    const from = stay.checkIn > days.from ? stay.checkIn : days.from;
    const end = addDays(days.to, 1);
    const to = stay.checkOut < end ? stay.checkOut : end;
    return Math.max(0, daysBetween(from, to));
  });
  return {
    nights: nightsOf(bookings.flatMap(({ stays: own }) => own)),
    within: within.reduce((sum, nights) => sum + nights, 0),
    bookings: bookings.length,
  };
}
