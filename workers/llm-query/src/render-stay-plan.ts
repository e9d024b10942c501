import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Draft, Rendering } from './compose/draft.ts';
import { renderStayList } from './compose/render-stays.ts';
import type { Booking } from './evaluate/bookings.ts';
import { standingBookings } from './evaluate/bookings.ts';
import { filterStays } from './evaluate/filter-stays.ts';
import type { Home } from './evaluate/homes.ts';
import type { Snapshot } from './evaluate/snapshot.ts';
import type { StayEvent } from './evaluate/stay-events.ts';
import { arrivals, departures, nights, ordered, stayOvers, withoutDoubledMoves } from './evaluate/stay-events.ts';
import { saidOtherwise } from './evaluate/weighed-bookings.ts';

/** Plans whose answer is a complete list of stays. Pure. */
type StayPlan = Extract<Plan, { kind: 'arrivals' | 'departures' | 'in_house' | 'stay_overs' | 'overview' }>;

export function stayList(plan: StayPlan, named: readonly Home[], snapshot: Snapshot, rendering: Rendering): Draft {
  const only = 'only' in plan ? plan.only : undefined;
  const { fitting, unsaid } = filterStays(eventsOf(plan, standingBookings(snapshot)), only);
  return renderStayList(
    {
      about: plan.kind,
      when: plan.when,
      named,
      form: plan.kind === 'overview' ? 'list' : plan.form,
      events: fitting,
      only,
      unsaid,
      saidOtherwise: saidOtherwise(plan, snapshot, rendering.scope),
    },
    rendering,
  );
}

function eventsOf(plan: StayPlan, bookings: readonly Booking[]): StayEvent[] {
  switch (plan.kind) {
    case 'arrivals':
      return arrivals(bookings, plan);
    case 'departures':
      return departures(bookings, plan);
    case 'in_house':
      return nights(bookings, plan);
    case 'stay_overs':
      return stayOvers(bookings, plan);
    case 'overview':
      return ordered(withoutDoubledMoves([...arrivals(bookings, plan), ...departures(bookings, plan)]));
  }
}
