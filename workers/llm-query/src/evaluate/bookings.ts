import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import type { LocalDate, LocalTime } from '@innkeeper/shared/domain/local-time';
import { daysBetween } from '@innkeeper/shared/domain/local-time';
import type { ReservationStatus } from '@innkeeper/shared/domain/reservation';
import { stayStanding } from '@innkeeper/shared/domain/reservation';
import { firstNameOf } from './first-name.ts';
import type { Home, Homes } from './homes.ts';
import type { Snapshot } from './snapshot.ts';
import { recordsOf } from './snapshot.ts';

/** A booking as people speak of it, and its stays home by home. Pure. */
export interface Booking {
  readonly key: string;
  readonly reservationId: string;
  /** Confirmation code, or the vendor's id where none is. */
  readonly code: string;
  readonly guest: PersonName | undefined;
  readonly guestId?: string;
  readonly guestsCount?: number;
  readonly children?: number;
  readonly standing: 'stay' | 'unconfirmed' | 'none';
  readonly status: ReservationStatus;
  readonly statusText: string;
  readonly stays: readonly Stay[];
  /** Instants in UTC; absent where the vendor did not say. */
  readonly bookedAt?: string;
  readonly changedAt?: string;
  /** When the last news of it reached us. */
  readonly receivedAt: string;
  readonly notes: readonly { readonly topic: string; readonly text: string }[];
}

export interface PersonName {
  readonly full: string;
  readonly first: string;
}

/** An unbroken time in one home. */
export interface Stay {
  readonly home: Home;
  readonly checkIn: LocalDate;
  readonly checkOut: LocalDate;
  readonly arrival: TimeOfDay | undefined;
  readonly departure: TimeOfDay | undefined;
  /** Where the same guests slept the night before: then this is a move, not an arrival from outside. */
  readonly movedFrom?: Home;
  readonly movesTo?: Home;
}

export interface TimeOfDay {
  readonly at: LocalTime;
  /** Agreed with the guest, or the home's usual time. */
  readonly basis: 'planned' | 'default';
}

/** Bookings that count as stays, confirmed or not; inquiries, declined, expired and cancelled ones never. */
export const standingBookings = (snapshot: Snapshot): Booking[] =>
  allBookings(snapshot).filter(booking => booking.standing !== 'none');

export function allBookings(snapshot: Snapshot): Booking[] {
  const guests = new Map(recordsOf(snapshot, 'guest').map(record => [record.facts.guestId as string, record.facts]));
  return recordsOf(snapshot, 'reservation').map(record => bookingOf(record, snapshot.homes, guests));
}

type Guests = ReadonlyMap<string, RecordOf<'guest'>['facts']>;

function bookingOf({ key, facts, receivedAt }: RecordOf<'reservation'>, homes: Homes, guests: Guests): Booking {
  const guest = facts.guestId === undefined ? undefined : guests.get(facts.guestId);
  const spelled = [guest?.firstName, guest?.lastName].filter(Boolean).join(' ');
  const full = (facts.guestName ?? guest?.fullName ?? spelled).trim();
  return {
    key,
    reservationId: facts.reservationId,
    code: facts.confirmationCode ?? facts.reservationId,
    guest: full === '' ? undefined : { full, first: firstNameOf(guest?.firstName ?? full) },
    ...(facts.guestId === undefined ? {} : { guestId: facts.guestId }),
    ...(facts.guestsCount === undefined ? {} : { guestsCount: facts.guestsCount }),
    ...(facts.children === undefined ? {} : { children: facts.children }),
    standing: stayStanding(facts.status),
    status: facts.status,
    statusText: statusInWords(facts),
    stays: staysOf(facts.stay, homes),
    ...(facts.bookedAt === undefined ? {} : { bookedAt: facts.bookedAt }),
    ...(facts.changedAt === undefined ? {} : { changedAt: facts.changedAt }),
    receivedAt,
    notes: facts.notes,
  };
}

function statusInWords({ status, statusText }: RecordOf<'reservation'>['facts']): string {
  if (status === 'unknown') return statusText ?? 'unknown status';
  return status === 'canceled' ? 'cancelled' : status.replaceAll('_', ' ');
}

type Segment = RecordOf<'reservation'>['facts']['stay'][number];

function staysOf(segments: readonly Segment[], homes: Homes): Stay[] {
  const joined = joinSameHome(segments.toSorted((left, right) => left.checkInDate.localeCompare(right.checkInDate)));
  return joined.map((segment, index): Stay => {
    const home = homes.home(segment.listingId);
    const before = joined[index - 1];
    const after = joined[index + 1];
    return {
      home,
      checkIn: segment.checkInDate,
      checkOut: segment.checkOutDate,
      arrival: timeOfDay(segment.plannedArrival, home.defaultCheckIn),
      departure: timeOfDay(segment.plannedDeparture, home.defaultCheckOut),
      ...(before?.checkOutDate === segment.checkInDate ? { movedFrom: homes.home(before.listingId) } : {}),
      ...(after?.checkInDate === segment.checkOutDate ? { movesTo: homes.home(after.listingId) } : {}),
    };
  });
}

/** An extension is booked as a second segment in the same home: nobody arrives or leaves between the two. */
function joinSameHome(segments: readonly Segment[]): Segment[] {
  const joined: Segment[] = [];
  for (const segment of segments) {
    const last = joined.at(-1);
    if (last?.listingId === segment.listingId && last.checkOutDate === segment.checkInDate) {
      const { plannedDeparture: _earlier, ...start } = last;
      joined[joined.length - 1] = {
        ...start,
        checkOutDate: segment.checkOutDate,
        ...(segment.plannedDeparture === undefined ? {} : { plannedDeparture: segment.plannedDeparture }),
      };
    } else {
      joined.push(segment);
    }
  }
  return joined;
}

function timeOfDay(planned: LocalTime | undefined, usual: LocalTime | undefined): TimeOfDay | undefined {
  if (planned !== undefined) return { at: planned, basis: 'planned' };
  return usual === undefined ? undefined : { at: usual, basis: 'default' };
}

export const nightsOf = (stays: readonly Stay[]): number =>
  stays.reduce((sum, { checkIn, checkOut }) => sum + Math.max(0, daysBetween(checkIn, checkOut)), 0);

/** Each once, in the order of `items`: a guest who changes homes has two stays and one booking. */
export const bookingsIn = (items: readonly { readonly booking: Booking }[]): Booking[] => [
  ...new Map(items.map(({ booking }) => [booking.key, booking])).values(),
];

/** Does the stay cover any night that starts within `from` … `to`? */
export const overlaps = (stay: Stay, days: { readonly from: LocalDate; readonly to: LocalDate }): boolean =>
  stay.checkIn <= days.to && days.from < stay.checkOut;
