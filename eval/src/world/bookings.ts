import type { Dice } from '@innkeeper/local-stack/demo/world/dice';
import { type Clock, type Day, instantOf, nightsBetween, plusDays } from './calendar.ts';
import type { Block, Booking, Home, Status, Stay } from './world.ts';

/**
 * Weeks of stays for every home: same-day turnovers, gaps, cancellations, moves, namesakes, accents, children.
 * Pure.
 */
const FIRST = [
  'Mia',
  'Zoë',
  'José',
  'Anaïs',
  'Jürgen',
  'Søren',
  'Chloé',
  'Tomás',
  'Ingrid',
  'Yuki',
  'Renée',
  'Paulo',
  'Greta',
  'Hamza',
  'Olivia',
  'Noah',
  'Beatriz',
  'Lukas',
  'Elif',
  'Marek',
  'Nadia',
  'Pieter',
  'Sofía',
  'Viktor',
  'Amélie',
];
const LAST = [
  'Larsen',
  'Müller',
  'Núñez',
  'Okafor',
  'van Dam',
  "O'Brien",
  'Tanaka',
  'Lindqvist',
  'Conceição',
  'Weber',
  'Dubois',
  'Kowalski',
  'Fernandes',
  'Haddad',
  'Björk',
  'Esposito',
  'Novák',
  'Castellanos',
  'Whitfield',
  'Schröder',
  'Almeida',
  'Petrov',
  'Rossi',
  'Hofstra',
  'Yıldız',
  'Brandt',
  'Moreau',
  'Silva',
  'Iversen',
  'Galloway',
  'Papadakis',
  'Zieliński',
];
/** Borne by two guests each. */
const TWICE = ['Maria Costa', 'Jonas Berg'];
const HOURS_IN: readonly Clock[] = ['12:30', '13:00', '15:30', '17:45', '18:30', '20:00', '21:15', '22:30', '23:30'];
const HOURS_OUT: readonly Clock[] = ['05:30', '07:00', '08:15', '09:30', '12:00', '13:30'];

export function makeBookings(
  homes: readonly Home[],
  today: Day,
  nowMs: number,
  dice: Dice,
): { bookings: Booking[]; blocks: Block[] } {
  const names = dice.shuffle(FIRST.flatMap(first => LAST.map(last => `${first} ${last}`)));
  const blocks: Block[] = [];
  const bookings: Booking[] = [];
  let number = 0;

  const book = (stays: readonly [Stay, ...Stay[]], status: Status, guest?: string): void => {
    number += 1;
    // Nobody books a stay that has begun.
    const latest = Math.min(nowMs, instantOf(stays[0].home.zone, stays[0].from, '00:00'));
    const madeAt = latest - dice.between(3, 60) * 86_400_000 - dice.between(0, 80_000) * 1_000;
    // Some are made or changed within the last days, which is what people ask for.
    const bookedAt = latest === nowMs && dice.chance(12) ? nowMs - dice.between(1, 34) * 3_600_000 : madeAt;
    const changedAt = dice.chance(20) ? nowMs - dice.between(1, 100) * 1_800_000 : bookedAt;
    const children = dice.chance(25) ? dice.between(1, 2) : 0;
    bookings.push({
      id: `r-${number}`,
      code: `HM${String.fromCodePoint(65 + (number % 24))}${1000 + number * 7}`,
      status,
      guest: guest ?? names[number] ?? `Guest ${number}`,
      guests: Math.max(dice.between(1, 6), children + 1),
      children,
      stays,
      bookedAt,
      changedAt: Math.max(bookedAt, changedAt),
      notes: [],
    });
  };

  const stayIn = (home: Home, from: Day, to: Day): Stay => ({
    home,
    from,
    to,
    ...(dice.chance(50) ? { plannedIn: dice.pick(HOURS_IN) } : {}),
    ...(dice.chance(40) ? { plannedOut: dice.pick(HOURS_OUT) } : {}),
  });

  const statusOf = ({ home, from, to }: Stay): Status => {
    if (to < today || (to === today && dice.chance(40))) return dice.chance(85) ? 'checked_out' : 'confirmed';
    if (from < today && instantOf(home.zone, from, '20:00') < nowMs)
      return dice.chance(85) ? 'checked_in' : 'confirmed';
    return dice.chance(10) ? 'reserved' : 'confirmed';
  };

  const namesakes = [...TWICE, ...TWICE];
  for (const [index, home] of homes.entries()) {
    // In every third home one party leaves today and the next one comes.
    const changesToday = index % 3 === 0;
    let day = plusDays(today, -24 + dice.between(0, 3));
    const end = plusDays(today, 40);
    while (day < end) {
      const wished = plusDays(day, dice.between(1, 6));
      const to = changesToday && day < today && wished > today ? today : wished;
      const stay = stayIn(home, day, to);
      const isSoon = nightsBetween(today, day) > 1 && nightsBetween(today, day) < 20;
      const isFixed = changesToday && (day === today || to === today);
      if (!isFixed && dice.chance(6)) {
        blocks.push({
          id: `b-${home.id}-${day}`,
          home,
          from: day,
          to: plusDays(to, -1),
          reason: dice.chance(50) ? 'owner' : 'maintenance',
        });
      } else {
        book([stay], statusOf(stay), isSoon && dice.chance(30) ? namesakes.pop() : undefined);
      }
      if (dice.chance(12)) book([stayIn(home, day, to)], dice.chance(70) ? 'canceled' : 'inquiry');
      day = isFixed || dice.chance(55) ? to : plusDays(to, dice.between(1, 3));
      if (changesToday && to < today && day > today) day = today;
    }
  }
  const moved = makeMoves(bookings, today, dice);
  return { bookings: [...bookings, ...moved], blocks };
}

/** Enough for some of them to fall on the days that are asked about. */
const MOVES = 6;

/** Turns pairs of stays into one booking that changes homes: the guests of the one that ends that day move on. */
function makeMoves(bookings: Booking[], today: Day, dice: Dice): Booking[] {
  const moved: Booking[] = [];
  for (const booking of dice.shuffle(bookings)) {
    const [stay] = booking.stays;
    if (moved.length >= MOVES || booking.status !== 'confirmed' || nightsBetween(today, stay.to) < 0) continue;
    if (!bookings.includes(booking)) continue; // went into another's move
    const next = bookings.find(
      other =>
        other !== booking &&
        other.status === 'confirmed' &&
        other.stays[0].from === stay.to &&
        other.stays[0].home.id !== stay.home.id &&
        other.stays[0].home.zone === stay.home.zone,
    );
    if (next === undefined) continue;
    bookings.splice(bookings.indexOf(next), 1);
    bookings.splice(bookings.indexOf(booking), 1);
    moved.push({ ...booking, stays: [stay, next.stays[0]] });
  }
  return moved;
}
