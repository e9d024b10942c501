import { rollDice } from '@innkeeper/local-stack/demo/world/dice';
import { makeBookings } from './bookings.ts';
import { makeEvents, ROOMS } from './events.ts';
import { HOMES } from './homes.ts';
import type { World } from './world.ts';

/**
 * A whole company from a seed. Now is Saturday 24 October 2026, 09:41 in Lisbon: that night Europe changes its
 * clocks. Pure.
 */
export const NOW_MS = Date.parse('2026-10-24T08:41:00Z');
/** In Lisbon, Berlin and New York; in Tokyo, too. */
export const NOW_DAY = '2026-10-24';

export function makeWorld(seed: number): World {
  const { bookings, blocks } = makeBookings(HOMES, NOW_DAY, NOW_MS, rollDice(seed * 10 + 1));
  const { noted, ...events } = makeEvents(HOMES, bookings, NOW_DAY, NOW_MS, rollDice(seed * 10 + 2));
  return {
    seed,
    nowMs: NOW_MS,
    homes: HOMES,
    bookings: bookings.map(booking => {
      const note = noted.get(booking.id);
      return note === undefined ? booking : { ...booking, notes: [{ topic: 'Team', text: note }] };
    }),
    blocks,
    rooms: ROOMS,
    ...events,
  };
}
