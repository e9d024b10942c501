import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import type { When } from '@innkeeper/shared/domain/plan';
import type { Booking, Stay, TimeOfDay } from './bookings.ts';
import { overlaps } from './bookings.ts';
import type { Home } from './homes.ts';
import { daysAt, isMeant } from './homes.ts';

/** Something that happens at one home on one day: somebody comes, goes, changes homes, or sleeps there. Pure. */
export interface StayEvent {
  readonly event: 'arrival' | 'departure' | 'move' | 'night';
  readonly date: LocalDate;
  readonly time: TimeOfDay | undefined;
  /** Where it happens: a move is an entry into one home or an exit from another, each at that home's time. */
  readonly home: Home;
  /** For the entry of a move: the home moved out of. */
  readonly fromHome?: Home;
  /** For the exit of a move: the home moved into. */
  readonly toHome?: Home;
  readonly stay: Stay;
  readonly booking: Booking;
}

export interface Asked {
  readonly when: When;
  readonly homes: readonly string[];
}

/** Arrivals from outside, and moves into a home, on the days meant at that home. */
export function arrivals(bookings: readonly Booking[], asked: Asked): StayEvent[] {
  return ordered(
    eachStay(bookings, asked, (stay, days) =>
      stay.checkIn >= days.from && stay.checkIn <= days.to && stay.checkIn <= stay.checkOut ? entryOf(stay) : undefined,
    ),
  );
}

export const arrivalOf = (booking: Booking, stay: Stay): StayEvent => ({
  ...entryOf(stay),
  home: stay.home,
  stay,
  booking,
});

const entryOf = (stay: Stay): Omit<StayEvent, 'home' | 'stay' | 'booking'> => ({
  ...(stay.movedFrom === undefined ? { event: 'arrival' } : { event: 'move', fromHome: stay.movedFrom }),
  date: stay.checkIn,
  time: stay.arrival,
});

/** Departures to outside, and moves out of a home, on the days meant at that home. */
export function departures(bookings: readonly Booking[], asked: Asked): StayEvent[] {
  return ordered(
    eachStay(bookings, asked, (stay, days) =>
      stay.checkOut >= days.from && stay.checkOut <= days.to
        ? {
            ...(stay.movesTo === undefined ? { event: 'departure' } : { event: 'move', toHome: stay.movesTo }),
            date: stay.checkOut,
            time: stay.departure,
          }
        : undefined,
    ),
  );
}

/** Who sleeps there in any night meant. */
export function nights(bookings: readonly Booking[], asked: Asked): StayEvent[] {
  return ordered(
    eachStay(bookings, asked, (stay, days) =>
      overlaps(stay, days) ? { event: 'night', date: days.from, time: undefined } : undefined,
    ),
  );
}

/**
 * Who sleeps in one and the same home before and after the days meant, and neither comes nor goes on any of them: of a
 * range, those who are there throughout. Who changes homes on such a day leaves one and enters another.
 */
export function stayOvers(bookings: readonly Booking[], asked: Asked): StayEvent[] {
  return ordered(
    eachStay(bookings, asked, (stay, days) =>
      stay.checkIn < days.from && stay.checkOut > days.to
        ? { event: 'night', date: days.from, time: undefined }
        : undefined,
    ),
  );
}

/** One line per move, whichever of its two homes was asked for: the first of its two events stays. */
export function withoutDoubledMoves(events: readonly StayEvent[]): StayEvent[] {
  const seen = new Set<string>();
  return events.filter(event => {
    if (event.event !== 'move') return true;
    const id = `${event.booking.key} ${event.date} ${(event.toHome ?? event.home).id}`;
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
}

/** By day, then by zone, the busiest first: "15:00" in two zones are two moments, so each clock runs by itself. */
export function ordered(events: readonly StayEvent[]): StayEvent[] {
  const ofZone = new Map<string, number>();
  for (const { home } of events) ofZone.set(home.zone, (ofZone.get(home.zone) ?? 0) + 1);
  return events.toSorted(
    (left, right) =>
      left.date.localeCompare(right.date) ||
      (ofZone.get(right.home.zone) ?? 0) - (ofZone.get(left.home.zone) ?? 0) ||
      left.home.zone.localeCompare(right.home.zone) ||
      (left.time?.at ?? '99').localeCompare(right.time?.at ?? '99') ||
      left.home.name.localeCompare(right.home.name) ||
      left.booking.key.localeCompare(right.booking.key),
  );
}

function eachStay(
  bookings: readonly Booking[],
  asked: Asked,
  happens: (
    stay: Stay,
    days: { readonly from: LocalDate; readonly to: LocalDate },
  ) => Omit<StayEvent, 'home' | 'stay' | 'booking'> | undefined,
): StayEvent[] {
  return bookings.flatMap(booking =>
    booking.stays.flatMap((stay): StayEvent[] => {
      const days = daysAt(asked.when, stay.home);
      if (days === undefined || !isMeant(stay.home, asked.homes)) return [];
      const found = happens(stay, days);
      return found === undefined ? [] : [{ ...found, home: stay.home, stay, booking }];
    }),
  );
}
