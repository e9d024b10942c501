import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { Booking, Stay } from './bookings.ts';
import type { Asked, StayEvent } from './stay-events.ts';
import { arrivals } from './stay-events.ts';

/** How far back a previous departure is looked for: longer ago, nothing about it says whether a home is ready. */
export const PREVIOUS_DEPARTURE_DAYS = 30;

/** An arrival with what is recorded about the home being ready for it. Absent means: not recorded. Pure. */
export interface Readiness {
  readonly arrival: StayEvent;
  readonly previous?: { readonly booking: Booking; readonly stay: Stay };
  readonly tasks: readonly RecordOf<'task'>[];
}

export function readiness(bookings: readonly Booking[], tasks: readonly RecordOf<'task'>[], asked: Asked): Readiness[] {
  return arrivals(bookings, asked).map(arrival => {
    const { home } = arrival.stay;
    const earliest = addDays(arrival.date, -PREVIOUS_DEPARTURE_DAYS);
    const previous = bookings
      .flatMap(booking => booking.stays.map(stay => ({ booking, stay })))
      .filter(
        ({ booking, stay }) =>
          booking.standing === 'stay' &&
          stay.home.id === home.id &&
          stay !== arrival.stay &&
          stay.checkOut <= arrival.date &&
          stay.checkOut >= earliest,
      )
      .sort((left, right) => right.stay.checkOut.localeCompare(left.stay.checkOut))[0];
    const since = previous?.stay.checkOut ?? earliest;
    return {
      arrival,
      ...(previous === undefined ? {} : { previous }),
      tasks: tasks.filter(({ facts }) => {
        const due = (facts.mustFinishBefore ?? facts.startsAt ?? facts.canStartAfter)?.slice(0, 10);
        return facts.listingId === home.id && (due === undefined || (due >= since && due <= addDays(arrival.date, 1)));
      }),
    };
  });
}
