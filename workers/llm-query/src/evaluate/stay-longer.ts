import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { Booking, Stay } from './bookings.ts';
import type { HomeFreedom } from './free-homes.ts';
import { freedomOf } from './free-homes.ts';

/** Whose home it is in the nights after a stay. Pure. */
export interface LongerStay {
  readonly booking: Booking;
  readonly stay: Stay;
  /** Of the nights asked for; a guest who moves on is somewhere else in them. */
  readonly freedom: HomeFreedom;
  /** How many of the first of those nights nobody has. */
  readonly freeNights: number;
}

export function longerStay(
  booking: Booking,
  stay: Stay,
  nights: number,
  known: { readonly bookings: readonly Booking[]; readonly blocks: readonly RecordOf<'calendar-block'>[] },
): LongerStay {
  const others = known.bookings.filter(({ key }) => key !== booking.key);
  const freeUntil = (count: number): HomeFreedom =>
    freedomOf(stay.home, { from: stay.checkOut, to: addDays(stay.checkOut, count - 1) }, others, known.blocks);
  let freeNights = 0;
  while (freeNights < nights && freeUntil(freeNights + 1).state === 'free') freeNights += 1;
  return { booking, stay, freedom: freeUntil(nights), freeNights };
}
