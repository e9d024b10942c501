import type { Booking, Stay } from './bookings.ts';
import { nightsOf, overlaps } from './bookings.ts';
import { daysAt, isMeant } from './homes.ts';
import type { Asked } from './stay-events.ts';

/** Of the bookings with a night in the days meant, those with the most nights; several when they tie. Pure. */
export interface LongStay {
  readonly booking: Booking;
  /** Its stays in the homes asked about. */
  readonly stays: readonly Stay[];
  readonly nights: number;
}

export interface LongestStays {
  readonly longest: readonly LongStay[];
  /** How many bookings were compared. */
  readonly compared: number;
}

export function longestStays(bookings: readonly Booking[], asked: Asked): LongestStays {
  const compared = bookings.flatMap((booking): LongStay[] => {
    const stays = booking.stays.filter(stay => isMeant(stay.home, asked.homes));
    const touches = stays.some(stay => {
      const days = daysAt(asked.when, stay.home);
      return days !== undefined && overlaps(stay, days);
    });
    if (!touches) return [];
    return [{ booking, stays, nights: nightsOf(stays) }];
  });
  const most = Math.max(0, ...compared.map(({ nights }) => nights));
  return {
    longest: compared
      .filter(({ nights }) => nights === most)
      .sort((left, right) => left.booking.key.localeCompare(right.booking.key)),
    compared: compared.length,
  };
}
