import { addDays } from '@innkeeper/shared/domain/local-time';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { PointFilter } from '@innkeeper/shared/ports/vector-store';
import type { Booking } from '../evaluate/bookings.ts';
import { allBookings, standingBookings } from '../evaluate/bookings.ts';
import { RECENT_CALL_DAYS } from '../evaluate/calls.ts';
import { startOf } from '../evaluate/guest.ts';
import type { Snapshot } from '../evaluate/snapshot.ts';
import type { StayOf, SubjectFinding } from '../evaluate/subject.ts';
import { arrivingSubject, stayingSubject } from '../evaluate/subject.ts';
import { TALK_DAYS } from '../evaluate/told-about.ts';
import { weighedBookings } from '../evaluate/weighed-bookings.ts';
import { anyOf, aroundArrivals, inNights, living } from './record-filters.ts';

/**
 * What has to be read besides, once it is known which bookings are meant: the other stays and the work of their homes,
 * and what was said about them. Pure.
 */
export function furtherFilter(plan: Plan, snapshot: Snapshot): PointFilter | undefined {
  const weighed = weighedBookings(plan, snapshot);
  const filters = [
    aroundSubject(plan, snapshot),
    weighed && talkAbout(weighed.bookings),
    plan.kind === 'not_shown' && plan.detail === 'phone' && plan.name !== undefined
      ? recentCalls(snapshot.homes.askedAtMs)
      : undefined,
  ].filter(filter => filter !== undefined);
  return filters.length === 0 ? undefined : living(anyOf(...filters));
}

function aroundSubject(plan: Plan, snapshot: Snapshot): PointFilter | undefined {
  if (plan.kind === 'early_check_in' && plan.name !== undefined) {
    // Of a home they have been read with its arrivals.
    return around(arrivingSubject(allBookings(snapshot), plan), ({ stay }) =>
      aroundArrivals([stay.home.id], { from: stay.checkIn, to: stay.checkIn }),
    );
  }
  if (plan.kind === 'stay_longer') {
    const known = plan.name === undefined ? standingBookings(snapshot) : allBookings(snapshot);
    return around(stayingSubject(known, plan), ({ stay }) =>
      inNights([stay.home.id], { from: stay.checkOut, to: addDays(stay.checkOut, plan.nights - 1) }),
    );
  }
  return undefined;
}

function around(subject: SubjectFinding, filterOf: (meant: StayOf) => PointFilter): PointFilter | undefined {
  if (subject.kind === 'unsettled' || subject.stays.length === 0) return undefined;
  return anyOf(...subject.stays.map(filterOf));
}

/** A caller may be in nobody's booking: whose calls they are is decided by name, once they have been read. */
const recentCalls = (askedAtMs: number): PointFilter => ({
  must: [
    { field: 'kind', equals: 'call' },
    { field: 'startsAt', range: { gte: new Date(askedAtMs - RECENT_CALL_DAYS * 86_400_000).toISOString() } },
  ],
});

/** Messages belong to a booking; calls are known by the name their number is linked to, and checked by its guest. */
function talkAbout(bookings: readonly Booking[]): PointFilter | undefined {
  const first = bookings.map(startOf).sort()[0];
  if (first === undefined) return undefined;
  const names = [...new Set(bookings.flatMap(({ guest }) => guest?.full ?? []))];
  const messages: PointFilter = {
    must: [
      { field: 'kind', equals: 'guest-message' },
      { field: 'reservationId', anyOf: bookings.map(({ reservationId }) => reservationId) },
    ],
  };
  const calls: PointFilter = {
    must: [
      { field: 'kind', anyOf: ['call', 'text-message'] },
      { field: 'guestNames', anyOf: names },
      { field: 'startsAt', range: { gte: `${addDays(first, -TALK_DAYS)}T00:00:00Z` } },
    ],
  };
  return names.length === 0 ? messages : anyOf(messages, calls);
}
