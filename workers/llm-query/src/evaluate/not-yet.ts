import type { Booking } from './bookings.ts';
import type { Asked, StayEvent } from './stay-events.ts';
import { arrivals, departures } from './stay-events.ts';

/**
 * Arrivals or departures by whether a recorded stay status confirms them. A status belongs to the whole booking, so it
 * says nothing of a move between homes: moves are in neither list. Pure.
 */
export interface NotYet {
  /** What no status confirms: it may have happened without anybody recording it. */
  readonly open: readonly StayEvent[];
  readonly recorded: readonly StayEvent[];
}

export function notYet(bookings: readonly Booking[], movement: 'arrived' | 'left', asked: Asked): NotYet {
  const moves = movement === 'arrived' ? arrivals(bookings, asked) : departures(bookings, asked);
  const expected = moves.filter(({ event }) => event !== 'move');
  const isRecorded = ({ booking: { status } }: StayEvent): boolean =>
    status === 'checked_out' || (movement === 'arrived' && status === 'checked_in');
  return { open: expected.filter(event => !isRecorded(event)), recorded: expected.filter(isRecorded) };
}
