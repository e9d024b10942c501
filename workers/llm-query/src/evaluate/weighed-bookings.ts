import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Scope } from '@innkeeper/shared/domain/question';
import type { Booking } from './bookings.ts';
import { allBookings, bookingsIn, standingBookings } from './bookings.ts';
import { filterStays } from './filter-stays.ts';
import { findGuest } from './guest.ts';
import type { Snapshot } from './snapshot.ts';
import { arrivals, departures } from './stay-events.ts';
import { arrivingSubject } from './subject.ts';
import type { Statement } from './told-about.ts';
import { contradictions } from './told-about.ts';
import type { ToldTime } from './told-times.ts';

/**
 * The bookings whose recorded hour a plan's answer weighs against what people said, and what is therefore read besides.
 * Lists of every home are not weighed: their talk would be read for nothing, with most questions. Pure.
 */
export interface WeighedBookings {
  readonly movement: ToldTime['movement'];
  readonly bookings: readonly Booking[];
}

/** A list longer than this is not read guest by guest. */
const BOOKINGS_MAX = 50;

export function weighedBookings(plan: Plan, snapshot: Snapshot): WeighedBookings | undefined {
  const weighed = meantBy(plan, snapshot);
  return weighed === undefined || weighed.bookings.length > BOOKINGS_MAX ? undefined : weighed;
}

/** What was said of another hour than a booking's, where the plan weighs it and the room may hear of talk. */
export function saidOtherwise(
  plan: Plan,
  snapshot: Snapshot,
  scope: Scope,
): (booking: Booking) => readonly Statement[] {
  const weighed = scope === 'full' ? weighedBookings(plan, snapshot) : undefined;
  const keys = new Set(weighed?.bookings.map(({ key }) => key));
  return booking => (weighed && keys.has(booking.key) ? contradictions(booking, weighed.movement, snapshot) : []);
}

function meantBy(plan: Plan, snapshot: Snapshot): WeighedBookings | undefined {
  if (plan.kind === 'guest' && (plan.aspect === 'arrival' || plan.aspect === 'departure')) {
    const finding = findGuest(allBookings(snapshot), plan.name, plan);
    return finding.kind === 'found' ? { movement: plan.aspect, bookings: [finding.booking] } : undefined;
  }
  if (plan.kind === 'early_check_in') {
    const known = plan.name === undefined ? standingBookings(snapshot) : allBookings(snapshot);
    const subject = arrivingSubject(known, plan);
    return subject.kind === 'stays' ? { movement: 'arrival', bookings: bookingsIn(subject.stays) } : undefined;
  }
  return plan.kind === 'arrivals' || plan.kind === 'departures' ? listedBy(plan, snapshot) : undefined;
}

/** One home has few; by an hour a list is short, and the hour is what it is about. */
function listedBy(
  plan: Extract<Plan, { kind: 'arrivals' | 'departures' }>,
  snapshot: Snapshot,
): WeighedBookings | undefined {
  const isByHour = plan.only?.after !== undefined || plan.only?.before !== undefined;
  if (plan.form !== 'list' || (plan.homes.length !== 1 && !isByHour)) return undefined;
  const bookings = standingBookings(snapshot);
  const [movement, events] =
    plan.kind === 'arrivals'
      ? (['arrival', arrivals(bookings, plan)] as const)
      : (['departure', departures(bookings, plan)] as const);
  return { movement, bookings: bookingsIn(filterStays(events, plan.only).fitting) };
}
