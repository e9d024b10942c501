import type { ExpectedRow } from '../ask/asked.ts';
import { type Days, onTheWall } from '../world/calendar.ts';
import { type Booking, type Home, isUnconfirmed, type Stay, stands, type World } from '../world/world.ts';

/** Who comes, goes and sleeps where, computed from the world by the plainest reading of each question. Pure. */
export type DaysAt = (home: Home) => Days;

interface Placed {
  readonly booking: Booking;
  readonly stay: Stay;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** Every stay that counts, in the homes meant; none named means all. */
export function placedIn(world: World, homes: readonly Home[] = world.homes): Placed[] {
  return world.bookings.filter(stands).flatMap(booking =>
    booking.stays
      .map(
        (stay, index): Placed => ({
          booking,
          stay,
          isFirst: index === 0,
          isLast: index === booking.stays.length - 1,
        }),
      )
      .filter(({ stay }) => homes.includes(stay.home)),
  );
}

const within = (day: string, { from, to }: Days): boolean => from <= day && day <= to;

const rowOf = ({ booking, stay }: Placed, more: Partial<ExpectedRow> = {}): ExpectedRow => ({
  codes: [booking.code],
  home: stay.home.name,
  guest: booking.guest,
  isUnconfirmed: isUnconfirmed(booking),
  isMove: false,
  ...more,
});

export const timeIn = ({ plannedIn, home }: Stay): { clock: string; basis: 'planned' | 'default' } =>
  plannedIn === undefined ? { clock: home.checkIn, basis: 'default' } : { clock: plannedIn, basis: 'planned' };

export const timeOut = ({ plannedOut, home }: Stay): { clock: string; basis: 'planned' | 'default' } =>
  plannedOut === undefined ? { clock: home.checkOut, basis: 'default' } : { clock: plannedOut, basis: 'planned' };

export const arriving = (world: World, days: DaysAt, homes?: readonly Home[]): Placed[] =>
  placedIn(world, homes).filter(({ stay }) => within(stay.from, days(stay.home)));

export const leaving = (world: World, days: DaysAt, homes?: readonly Home[]): Placed[] =>
  placedIn(world, homes).filter(({ stay }) => within(stay.to, days(stay.home)));

/** In at least one of the nights that begin on these days. */
export const sleeping = (world: World, days: DaysAt, homes?: readonly Home[]): Placed[] =>
  placedIn(world, homes).filter(({ stay }) => stay.from <= days(stay.home).to && days(stay.home).from < stay.to);

/** There the night before and the night after; for several days, around each of them. */
export const stayingOver = (world: World, days: DaysAt, homes?: readonly Home[]): Placed[] =>
  placedIn(world, homes).filter(({ stay }) => stay.from < days(stay.home).from && days(stay.home).to < stay.to);

export const arrivalRow = (placed: Placed): ExpectedRow =>
  rowOf(placed, { at: timeIn(placed.stay), day: placed.stay.from, isMove: !placed.isFirst });

export const departureRow = (placed: Placed): ExpectedRow =>
  rowOf(placed, { at: timeOut(placed.stay), day: placed.stay.to, isMove: !placed.isLast });

export const nightRow = (placed: Placed): ExpectedRow => rowOf(placed);

/** One out and another in on one day in one home. */
export function turnoverRows(world: World, days: DaysAt, homes?: readonly Home[]): ExpectedRow[] {
  return arriving(world, days, homes).flatMap(into =>
    leaving(world, days, homes)
      .filter(out => out.stay.home === into.stay.home && out.stay.to === into.stay.from && out.booking !== into.booking)
      .map(out =>
        rowOf(into, {
          codes: [out.booking.code, into.booking.code],
          at: timeIn(into.stay),
          day: into.stay.from,
          isUnconfirmed: isUnconfirmed(out.booking) || isUnconfirmed(into.booking),
        }),
      ),
  );
}

/** Neither a stay, confirmed or not, nor a block in any of the nights. */
export function freeHomes(world: World, days: DaysAt): Home[] {
  const taken = new Set(sleeping(world, days).map(({ stay }) => stay.home));
  const blocked = new Set(
    world.blocks.filter(({ home, from, to }) => from <= days(home).to && days(home).from <= to).map(({ home }) => home),
  );
  return world.homes.filter(home => !taken.has(home) && !blocked.has(home));
}

const todays = new Map<string, string>();

/** Questions are asked at few moments and each looks at every stay, so what a wall showed is kept. */
export function todayAt({ zone }: Home, atMs: number): string {
  const moment = `${zone} ${atMs}`;
  const day = todays.get(moment) ?? onTheWall(zone, atMs).day;
  todays.set(moment, day);
  return day;
}

/** What the days of a question are anywhere: the earliest to the latest over the homes. */
export function daysAnywhere(homes: readonly Home[], days: DaysAt): Days {
  const all = homes.map(days);
  return {
    from: all.map(({ from }) => from).toSorted()[0] ?? '',
    to:
      all
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? '',
  };
}

/** Whoever is there today, arriving or leaving included; whoever comes first after today; whoever left last. */
export function occupantsOf(
  world: World,
  home: Home,
  atMs: number,
): { current: Placed[]; next: Placed[]; previous: Placed[] } {
  const today = todayAt(home, atMs);
  const here = placedIn(world, [home]).toSorted((left, right) => (left.stay.from < right.stay.from ? -1 : 1));
  const later = here.filter(({ stay }) => stay.from > today);
  const gone = here.filter(({ stay, booking }) => stay.to <= today && !isUnconfirmed(booking));
  return {
    current: here.filter(({ stay }) => stay.from <= today && today <= stay.to),
    next: later.filter(({ stay }) => stay.from === later[0]?.stay.from),
    previous: gone.toSorted((left, right) => (left.stay.to < right.stay.to ? 1 : -1)).slice(0, 1),
  };
}
