import { dayAt, instantAt, plusDays } from './days.ts';
import { type Dice, rollDice } from './dice.ts';
import {
  agents,
  arrivalTimes,
  channels,
  departureTimes,
  firstNames,
  homePlans,
  lastNames,
  letters,
  wishes,
} from './vocabulary.ts';
import type { Booking, Home, Letter, PhoneCall, World, WorldGuest, WorldStay } from './world.ts';

/** Around the day: bookings from two weeks back to three weeks ahead. */
const DAYS_BACK = 14;
const DAYS_AHEAD = 21;

/** The whole company around `at`, decided by `seed` alone. Vendor ids look as the vendors' do. */
export function buildWorld(seed: number, at: Date): World {
  const dice = rollDice(seed);
  const ids = vendorIds(seed);
  const homes: Home[] = homePlans.map(plan => ({ ...plan, id: ids('a') }));
  const guests = inventGuests(dice, ids);
  const bookings = fillCalendar({ dice, ids, at, homes, guests });
  return {
    seed,
    at,
    homes,
    guests: [...new Set(bookings.map(booking => booking.guest))],
    bookings,
    letters: writeLetters(dice, ids, at, bookings),
    calls: placeCalls(dice, at, bookings),
  };
}

type Ids = (mark: string) => string;

/** 24 hexadecimal digits, like Guesty's. */
function vendorIds(seed: number): Ids {
  let next = 0;
  return mark => {
    next += 1;
    return `6a${(seed % 0xffff).toString(16).padStart(4, '0')}${'0'.repeat(11)}${mark}${next.toString(16).padStart(6, '0')}`;
  };
}

function inventGuests(dice: Dice, ids: Ids): WorldGuest[] {
  const pairs = dice.shuffle(firstNames.flatMap(first => lastNames.map(last => ({ first, last }))));
  // Every first and every last name at most a few times, and never the same pair twice.
  return pairs.slice(0, 140).map(({ first, last }, index) => ({
    id: ids('9'),
    first,
    last,
    phone: `+44 20 7946 ${String(1000 + index).slice(-4)}`,
    email: `${first}.${last}@example.com`.toLowerCase(),
  }));
}

interface Making {
  readonly dice: Dice;
  readonly ids: Ids;
  readonly at: Date;
  readonly homes: readonly Home[];
  readonly guests: readonly WorldGuest[];
}

function fillCalendar(making: Making): Booking[] {
  const { dice, homes, at } = making;
  const guests = [...making.guests];
  const bookings: Booking[] = [];
  const nextGuest = (): WorldGuest => guests.shift() ?? fail('the guest list is too short for this calendar');

  for (const [index, home] of homes.entries()) {
    const today = dayAt(home.zone, at);
    // So that no seed makes a day without work, nor one on which nobody is there to write.
    const changesToday = index % 3 === 1;
    const sleptInTonight = index % 3 === 0;
    let from = plusDays(today, -DAYS_BACK + dice.between(0, 3));
    while (from < plusDays(today, DAYS_AHEAD)) {
      const drawn = plusDays(from, dice.between(2, 6));
      const leavesToday = changesToday && from < today && today < drawn;
      const to = leavesToday ? today : sleptInTonight && drawn === today ? plusDays(today, 1) : drawn;
      bookings.push(bookStay(making, nextGuest(), [plannedStay(dice, home, from, to)], today));
      // Often the next guest comes the day this one leaves.
      from =
        (changesToday && to <= today) || (sleptInTonight && to < today) || dice.chance(55)
          ? to
          : plusDays(to, dice.between(1, 4));
    }
  }
  bookings.push(...besides(making, nextGuest));
  return bookings;
}

/** Bookings that must not be counted as stays, and one guest who moves between two homes of one city. */
function besides(making: Making, nextGuest: () => WorldGuest): Booking[] {
  const { homes, at } = making;
  const [first, second] = homes;
  if (first === undefined || second === undefined) return [];
  const today = dayAt(first.zone, at);
  const notBooked = (['inquiry', 'canceled'] as const).map((status, index) => ({
    ...bookStay(making, nextGuest(), [{ home: homes[index + 2] ?? first, from: today, to: plusDays(today, 3) }], today),
    status,
  }));
  const far = plusDays(today, DAYS_AHEAD + 12);
  const moving = bookStay(
    making,
    nextGuest(),
    [
      { home: first, from: far, to: plusDays(far, 2) },
      { home: second, from: plusDays(far, 2), to: plusDays(far, 5) },
    ],
    today,
  );
  return [...notBooked, moving];
}

function plannedStay(dice: Dice, home: Home, from: string, to: string): WorldStay {
  return {
    home,
    from,
    to,
    ...(dice.chance(50) ? { plannedArrival: dice.pick(arrivalTimes) } : {}),
    ...(dice.chance(30) ? { plannedDeparture: dice.pick(departureTimes) } : {}),
  };
}

function bookStay({ dice, ids }: Making, guest: WorldGuest, stays: WorldStay[], today: string): Booking {
  const id = ids('1');
  const from = stays[0]?.from ?? today;
  const to = stays.at(-1)?.to ?? today;
  const lived = to < today ? 'checked_out' : from < today ? 'checked_in' : dice.chance(8) ? 'reserved' : 'confirmed';
  return {
    id,
    code: `HM${id.slice(-6).toUpperCase()}${dice.between(10, 99)}`,
    status: lived,
    guest,
    people: dice.between(1, Math.min(...stays.map(stay => stay.home.sleeps))),
    channel: dice.pick(channels),
    stays,
    doorCode: String(dice.between(3000, 9999)), // never a year, so that a leak is told from a date
    wish: dice.pick(wishes),
  };
}

function writeLetters(dice: Dice, ids: Ids, at: Date, bookings: readonly Booking[]): Letter[] {
  const staying = dice.shuffle(
    bookings.filter(booking => booking.status === 'checked_in' && staysTonight(booking, at)),
  );
  return letters.flatMap((letter, index) => {
    const booking = staying[index];
    if (booking === undefined) return [];
    const asked = new Date(at.getTime() - dice.between(90, 600) * 60_000);
    const answered = new Date(asked.getTime() + 25 * 60_000);
    return [
      { id: ids('7'), booking, from: 'guest' as const, at: asked, text: letter.guest },
      ...(letter.host === undefined
        ? []
        : [{ id: ids('7'), booking, from: 'host' as const, at: answered, text: letter.host }]),
    ];
  });
}

const staysTonight = (booking: Booking, at: Date): boolean =>
  booking.stays.some(stay => stay.from <= dayAt(stay.home.zone, at) && dayAt(stay.home.zone, at) < stay.to);

function placeCalls(dice: Dice, at: Date, bookings: readonly Booking[]): PhoneCall[] {
  const zone = bookings[0]?.stays[0]?.home.zone ?? 'UTC';
  const today = dayAt(zone, at);
  const callers = dice.shuffle(bookings.filter(booking => booking.status === 'confirmed')).slice(0, 6);
  return callers.map((booking, index) => {
    // Yesterday, so that the calls of today are the ones the story tells.
    const when = instantAt(zone, plusDays(today, -1), `${String(9 + index).padStart(2, '0')}:${dice.between(10, 59)}`);
    const missed = index % 3 === 0;
    return {
      id: 910_000_000 + index,
      from: booking.guest,
      at: when,
      missed,
      agent: dice.pick(agents),
      ...(missed ? {} : { note: 'Asked how to get here from the station.' }),
    };
  });
}

function fail(reason: string): never {
  throw new Error(reason);
}
