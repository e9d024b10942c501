import { wallClock } from '@innkeeper/shared/domain/local-time';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Booking } from './bookings.ts';
import { daysAt, isMeant } from './homes.ts';

/** Bookings made, changed or cancelled in some days, on the clock of their home, or since an instant. Pure. */
export interface BookingChange {
  readonly booking: Booking;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** Of a change the vendor gave no time for, only when its news came is known. */
  readonly basis: 'vendor' | 'news';
}

export interface BookingChanges {
  readonly found: readonly BookingChange[];
  /** Whose news came in that time, and of which nobody recorded when they were made. */
  readonly undated: readonly Booking[];
}

type AskedChange = Omit<Extract<Plan, { kind: 'bookings' }>, 'kind' | 'form'>;

export function bookingChanges(bookings: readonly Booking[], asked: AskedChange): BookingChanges {
  const meant = bookings.filter(booking => booking.stays.some(stay => isMeant(stay.home, asked.homes)));
  const isIn = (booking: Booking, instant: string): boolean => isWithin(booking, instant, asked);
  if (asked.change === 'made') {
    const booked = meant.filter(isBooked);
    return {
      found: byTime(
        booked.flatMap(booking =>
          booking.bookedAt !== undefined && isIn(booking, booking.bookedAt)
            ? [{ booking, at: booking.bookedAt, basis: 'vendor' }]
            : [],
        ),
      ),
      undated: booked.filter(booking => booking.bookedAt === undefined && isIn(booking, booking.receivedAt)),
    };
  }
  const isCancelled = asked.change === 'cancelled';
  return {
    found: byTime(
      meant.flatMap((booking): BookingChange[] => {
        if (isCancelled ? booking.status !== 'canceled' : booking.standing === 'none') return [];
        const at = booking.changedAt ?? booking.receivedAt;
        if (!isIn(booking, at)) return [];
        // News of a booking that is itself new is the booking, not a change of it.
        if (!isCancelled && booking.bookedAt !== undefined && isIn(booking, booking.bookedAt)) return [];
        return [{ booking, at, basis: booking.changedAt === undefined ? 'news' : 'vendor' }];
      }),
    ),
    undated: [],
  };
}

/** A booking that was cancelled since was made all the same; an inquiry that came to nothing never was. */
const isBooked = ({ standing, status }: Booking): boolean => standing !== 'none' || status === 'canceled';

function isWithin(booking: Booking, instant: string, asked: AskedChange): boolean {
  const at = Date.parse(instant);
  if (asked.from !== undefined && at < Date.parse(asked.from)) return false;
  if (asked.when === undefined) return true;
  const home = booking.stays[0]?.home;
  const days = home === undefined ? undefined : daysAt(asked.when, home);
  if (home === undefined || days === undefined) return false;
  const { date } = wallClock(home.zone, at);
  return date >= days.from && date <= days.to;
}

const byTime = (changes: readonly BookingChange[]): BookingChange[] =>
  changes.toSorted(
    (left, right) => Date.parse(left.at) - Date.parse(right.at) || left.booking.key.localeCompare(right.booking.key),
  );
