import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Draft, Rendering } from './compose/draft.ts';
import { renderNotShown } from './compose/render-fixed.ts';
import { renderGuest } from './compose/render-guest.ts';
import { renderEarlyCheckIn, renderStayLonger, renderUnsettled } from './compose/render-requests.ts';
import type { Booking } from './evaluate/bookings.ts';
import { allBookings, standingBookings } from './evaluate/bookings.ts';
import { latestCallWith } from './evaluate/calls.ts';
import { earlyCheckIn } from './evaluate/early-check-in.ts';
import { findGuest } from './evaluate/guest.ts';
import type { Home } from './evaluate/homes.ts';
import { occupants } from './evaluate/occupant.ts';
import { byHome } from './evaluate/readiness.ts';
import type { Snapshot } from './evaluate/snapshot.ts';
import { recordsOf } from './evaluate/snapshot.ts';
import { arrivalOf } from './evaluate/stay-events.ts';
import { longerStay } from './evaluate/stay-longer.ts';
import { arrivingSubject, stayingSubject } from './evaluate/subject.ts';
import { saidOtherwise } from './evaluate/weighed-bookings.ts';

/** Plans about one guest, or whoever is in one home. Pure. */
type PlanOf<K extends Plan['kind']> = Extract<Plan, { kind: K }>;

export function guestAnswer(plan: PlanOf<'guest'>, snapshot: Snapshot, rendering: Rendering): Draft {
  const finding = findGuest(allBookings(snapshot), plan.name, plan);
  return renderGuest(finding, plan, rendering, saidOtherwise(plan, snapshot, rendering.scope));
}

export function requestAnswer(
  plan: PlanOf<'early_check_in' | 'stay_longer'>,
  named: readonly Home[],
  snapshot: Snapshot,
  rendering: Rendering,
): Draft {
  const all = allBookings(snapshot);
  const bookings = all.filter(({ standing }) => standing !== 'none');
  const blocks = recordsOf(snapshot, 'calendar-block');
  // By name, a cancelled booking is told apart from no booking at all.
  const known = plan.name === undefined ? bookings : all;
  const subject = plan.kind === 'early_check_in' ? arrivingSubject(known, plan) : stayingSubject(known, plan);
  if (subject.kind === 'unsettled') return renderUnsettled(subject, plan, rendering);
  if (plan.kind === 'stay_longer') {
    const found = subject.stays.map(({ booking, stay }) =>
      longerStay(booking, stay, plan.nights, { bookings, blocks }),
    );
    return renderStayLonger(found, { ...plan, named }, rendering);
  }
  const records = { blocks, ...byHome(bookings, recordsOf(snapshot, 'task'), snapshot.homes) };
  const found = subject.stays.map(({ booking, stay }) => earlyCheckIn(arrivalOf(booking, stay), plan.at, records));
  const said = saidOtherwise(plan, snapshot, rendering.scope);
  return renderEarlyCheckIn(found, { ...plan, named, saidOtherwise: said }, rendering);
}

/** Where to open what is not shown here: the bookings, and of a number the last call in a room that may know of it. */
export function notShownAnswer(plan: PlanOf<'not_shown'>, snapshot: Snapshot, rendering: Rendering): Draft {
  const call =
    plan.detail === 'phone' && plan.name !== undefined && rendering.scope === 'full'
      ? latestCallWith(plan.name, recordsOf(snapshot, 'call'), snapshot.homes)
      : undefined;
  return renderNotShown(plan, { bookings: bookingsToOpen(plan, snapshot), call }, rendering);
}

function bookingsToOpen(plan: PlanOf<'not_shown'>, snapshot: Snapshot): readonly Booking[] {
  if (plan.name !== undefined) {
    const found = findGuest(allBookings(snapshot), plan.name, plan);
    if (found.kind === 'found') return [found.booking];
    return found.kind === 'several' ? found.bookings : [];
  }
  const homes = plan.homes.map(id => snapshot.homes.home(id));
  const bookings = standingBookings(snapshot);
  return homes.flatMap(home => {
    const present = occupants(bookings, [home], 'current').flatMap(({ found }) => found);
    const meant = present.length > 0 ? present : occupants(bookings, [home], 'next').flatMap(({ found }) => found);
    return meant.map(({ booking }) => booking);
  });
}
