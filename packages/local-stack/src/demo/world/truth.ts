import { type Day, dayAt } from './days.ts';
import type { Booking, Home, Letter, PhoneCall, World, WorldGuest, WorldStay } from './world.ts';

/**
 * What is true in the world, by looking through every booking. This file may not import the product's planner, dates
 * or retrieval: it is what they are checked against.
 */
export interface StayFact {
  readonly booking: Booking;
  readonly home: Home;
  readonly stay: WorldStay;
  /** `21:30 planned` or `15:00 default`. */
  readonly time: string;
  readonly timeKind: 'planned' | 'default';
  readonly confirmed: boolean;
}

const counts = new Set(['confirmed', 'checked_in', 'checked_out', 'reserved']);

const stays = (world: World): { booking: Booking; stay: WorldStay; index: number; last: number }[] =>
  world.bookings
    .filter(booking => counts.has(booking.status))
    .flatMap(booking => booking.stays.map((stay, index) => ({ booking, stay, index, last: booking.stays.length - 1 })));

/** `day` may differ by home: the home's own date at an instant, plus some days. */
export type DayOf = (home: Home) => Day;
export const dayFrom =
  (at: Date, shift: (today: Day) => Day = today => today): DayOf =>
  home =>
    shift(dayAt(home.zone, at));

export const arrivals = (world: World, day: DayOf): StayFact[] =>
  stays(world)
    .filter(({ stay, index }) => index === 0 && stay.from === day(stay.home))
    .map(({ booking, stay }) => fact(booking, stay, stay.plannedArrival, stay.home.checkInFrom));

export const departures = (world: World, day: DayOf): StayFact[] =>
  stays(world)
    .filter(({ stay, index, last }) => index === last && stay.to === day(stay.home))
    .map(({ booking, stay }) => fact(booking, stay, stay.plannedDeparture, stay.home.checkOutBy));

export const sleepingIn = (world: World, home: Home, night: Day): Booking[] =>
  stays(world)
    .filter(({ stay }) => stay.home === home && stay.from <= night && night < stay.to)
    .map(({ booking }) => booking);

export const freeHomes = (world: World, night: DayOf): Home[] =>
  world.homes.filter(home => sleepingIn(world, home, night(home)).length === 0);

/** Homes somebody leaves and somebody else reaches on one day. */
export const turnovers = (world: World, day: DayOf): Home[] => {
  const leaving = new Set(departures(world, day).map(departure => departure.home));
  return [...new Set(arrivals(world, day).map(arrival => arrival.home))].filter(home => leaving.has(home));
};

/** What guests wrote last and nobody has answered. */
export const unanswered = ({ letters }: World): Letter[] =>
  letters.filter(
    letter =>
      letter.from === 'guest' && !letters.some(other => other.booking === letter.booking && other.at > letter.at),
  );

export const missedCalls = (world: World, from: Date): PhoneCall[] =>
  world.calls.filter(call => call.missed && call.at >= from);

/** Who has a stay that is not over: what a bare first name can mean. */
export const guestsNowOrAhead = (world: World): WorldGuest[] => [
  ...new Set(
    stays(world)
      .filter(({ stay }) => stay.to >= dayAt(stay.home.zone, world.at))
      .map(({ booking }) => booking.guest),
  ),
];

function fact(booking: Booking, stay: WorldStay, planned: string | undefined, usual: string): StayFact {
  return {
    booking,
    home: stay.home,
    stay,
    time: planned ?? usual,
    timeKind: planned === undefined ? 'default' : 'planned',
    confirmed: booking.status !== 'reserved',
  };
}
