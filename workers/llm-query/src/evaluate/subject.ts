import type { DayRange, When } from '@innkeeper/shared/domain/plan';
import type { Booking, Stay } from './bookings.ts';
import { bookingsIn } from './bookings.ts';
import type { GuestFinding } from './guest.ts';
import { findGuest, startOf } from './guest.ts';
import { daysAt, isMeant } from './homes.ts';

/** Whose stay a question about coming earlier or staying longer means: a guest's by name, or a home's. Pure. */
export interface AskedSubject {
  readonly name?: string | undefined;
  readonly homes: readonly string[];
  readonly when: When;
}

export interface StayOf {
  readonly booking: Booking;
  readonly stay: Stay;
}

export type SubjectFinding =
  | { readonly kind: 'stays'; readonly stays: readonly StayOf[] }
  /** By name: nobody, several of the name, or only bookings that do not count. */
  | { readonly kind: 'unsettled'; readonly finding: Exclude<GuestFinding, { kind: 'found' }> };

/** The arrival meant: on the days asked about, else the next one after. */
export const arrivingSubject = (bookings: readonly Booking[], asked: AskedSubject): SubjectFinding =>
  subjectOf(bookings, asked, {
    isPossible: stay => stay.movedFrom === undefined,
    isThen: (stay, days) => stay.checkIn >= days.from && stay.checkIn <= days.to,
  });

/** The stay meant: who is there in the days asked about, else whoever comes next. */
export const stayingSubject = (bookings: readonly Booking[], asked: AskedSubject): SubjectFinding =>
  subjectOf(bookings, asked, {
    isPossible: stay => stay.movesTo === undefined,
    isThen: (stay, days) => stay.checkIn <= days.to && stay.checkOut >= days.from,
  });

interface Choice {
  readonly isPossible: (stay: Stay) => boolean;
  readonly isThen: (stay: Stay, days: DayRange) => boolean;
}

function subjectOf(bookings: readonly Booking[], { name, homes, when }: AskedSubject, choice: Choice): SubjectFinding {
  const possible = (from: readonly Booking[]): StayOf[] => staysOf(from).filter(({ stay }) => choice.isPossible(stay));
  const isThen = ({ stay }: StayOf): boolean => {
    const days = daysAt(when, stay.home);
    return days !== undefined && choice.isThen(stay, days);
  };
  const isLater = ({ stay }: StayOf): boolean => stay.checkIn > (daysAt(when, stay.home)?.to ?? stay.checkIn);
  if (name === undefined) {
    const here = possible(bookings.filter(({ standing }) => standing !== 'none')).filter(({ stay }) =>
      isMeant(stay.home, homes),
    );
    const then = here.filter(isThen);
    if (then.length > 0 || homes.length === 0) return { kind: 'stays', stays: then };
    const byHome = Map.groupBy(here.filter(isLater), ({ stay }) => stay.home.id);
    return { kind: 'stays', stays: [...byHome.values()].flatMap(firstOf) };
  }
  const finding = findGuest(bookings, name, { homes });
  // Of several people of the name, the days may leave one.
  const named =
    finding.kind === 'found'
      ? [finding.booking, ...finding.others]
      : finding.kind === 'several'
        ? finding.bookings
        : [];
  const stays = possible(named);
  const then = stays.filter(isThen);
  if (finding.kind === 'found')
    return { kind: 'stays', stays: then.length > 0 ? then : firstOf(stays.filter(isLater)) };
  return bookingsIn(then).length === 1 ? { kind: 'stays', stays: then } : { kind: 'unsettled', finding };
}

/** What starts on the earliest day. */
function firstOf(stays: readonly StayOf[]): StayOf[] {
  const first = stays.map(({ stay }) => stay.checkIn).sort()[0];
  return stays.filter(({ stay }) => stay.checkIn === first);
}

const staysOf = (bookings: readonly Booking[]): StayOf[] =>
  bookings
    .flatMap(booking => booking.stays.map(stay => ({ booking, stay })))
    .sort(
      (left, right) =>
        left.stay.checkOut.localeCompare(right.stay.checkOut) ||
        startOf(left.booking).localeCompare(startOf(right.booking)) ||
        left.booking.key.localeCompare(right.booking.key),
    );
