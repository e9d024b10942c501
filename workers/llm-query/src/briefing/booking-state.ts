import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { LocalDate, LocalTime, wallClock } from '@innkeeper/shared/domain/local-time';
import { stayStanding } from '@innkeeper/shared/domain/reservation';
import * as z from 'zod/mini';
import type { Homes } from '../evaluate/homes.ts';

/**
 * What of a booking is news when it changes; notes, prices and who edited it are not. Kept in durable storage. Pure.
 */
export const BookingState = z.object({
  standing: z.enum(['stay', 'unconfirmed', 'none']),
  /** It was called off; other bookings that do not count never did. */
  cancelled: z.boolean(),
  stays: z.array(
    z.object({
      listingId: z.string(),
      checkIn: LocalDate,
      checkOut: LocalDate,
      arrival: z.optional(LocalTime),
      departure: z.optional(LocalTime),
    }),
  ),
  guests: z.optional(z.number()),
});
export type BookingState = z.infer<typeof BookingState>;

export type BookingChange = 'made' | 'changed' | 'cancelled';

export function bookingStateOf({ facts, deleted }: RecordOf<'reservation'>): BookingState {
  return {
    standing: deleted ? 'none' : stayStanding(facts.status),
    cancelled: deleted || facts.status === 'canceled',
    stays: facts.stay
      .map(segment => ({
        listingId: segment.listingId as string,
        checkIn: segment.checkInDate,
        checkOut: segment.checkOutDate,
        ...(segment.plannedArrival === undefined ? {} : { arrival: segment.plannedArrival }),
        ...(segment.plannedDeparture === undefined ? {} : { departure: segment.plannedDeparture }),
      }))
      .sort((left, right) => left.checkIn.localeCompare(right.checkIn)),
    ...(facts.guestsCount === undefined ? {} : { guests: facts.guestsCount }),
  };
}

/** Built by the function above only, so equal states have equal texts. */
export const isSameState = (left: BookingState, right: BookingState): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

/**
 * What to call the step from `before` to `after`; undefined when it is no news. Without a `before` the booking was
 * never looked at: `isNew` says whether it was made since.
 */
export function changeOf(
  before: BookingState | undefined,
  after: BookingState,
  isNew: boolean,
): BookingChange | undefined {
  if (before === undefined) {
    if (after.standing !== 'none') return isNew ? 'made' : 'changed';
    return after.cancelled && !isNew ? 'cancelled' : undefined;
  }
  if (isSameState(before, after)) return undefined;
  if (before.standing === 'none') return after.standing === 'none' ? undefined : 'made';
  return after.standing === 'none' ? 'cancelled' : 'changed';
}

const AHEAD_MS = 48 * 3_600_000;

/** Does anybody stay, come or go between now and 48 hours from now, on each home's own clock? */
export function isSoon(state: BookingState, homes: Homes): boolean {
  return state.stays.some(stay => {
    const home = homes.home(stay.listingId);
    const now = wallClock(home.zone, homes.askedAtMs);
    const until = wallClock(home.zone, homes.askedAtMs + AHEAD_MS);
    const comes = `${stay.checkIn} ${stay.arrival ?? home.defaultCheckIn ?? FIRST_MINUTE}`;
    const goes = `${stay.checkOut} ${stay.departure ?? home.defaultCheckOut ?? LAST_MINUTE}`;
    return comes <= `${until.date} ${until.time}` && goes >= `${now.date} ${now.time}`;
  });
}

const FIRST_MINUTE = '00:00';
const LAST_MINUTE = '23:59';

/** The day after which nothing about the booking is news. */
export const lastDayOf = ({ stays }: BookingState): string =>
  stays.map(({ checkOut }) => checkOut as string).reduce((latest, day) => (day > latest ? day : latest), '');
