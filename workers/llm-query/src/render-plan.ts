import type { Plan } from '@innkeeper/shared/domain/plan';
import { unreachable } from '@innkeeper/shared/result/result';
import type { Draft, Rendering } from './compose/draft.ts';
import {
  renderHelp,
  renderNotShown,
  renderUnclear,
  renderUnknownHome,
  renderWhichHome,
} from './compose/render-fixed.ts';
import { renderGuest } from './compose/render-guest.ts';
import { renderFreeHomes, renderOccupants, renderReadiness } from './compose/render-homes.ts';
import { renderCalls, renderNews } from './compose/render-news.ts';
import { renderStayList, renderTurnovers } from './compose/render-stays.ts';
import type { Booking } from './evaluate/bookings.ts';
import { allBookings, standingBookings } from './evaluate/bookings.ts';
import { callsOf } from './evaluate/calls.ts';
import { homeFreedom } from './evaluate/free-homes.ts';
import { findGuest } from './evaluate/guest.ts';
import { occupants } from './evaluate/occupant.ts';
import { readiness } from './evaluate/readiness.ts';
import { newsSince } from './evaluate/since.ts';
import type { Snapshot } from './evaluate/snapshot.ts';
import { recordsOf } from './evaluate/snapshot.ts';
import { arrivals, departures, nights, ordered, withoutDoubledMoves } from './evaluate/stay-events.ts';
import { turnovers } from './evaluate/turnovers.ts';

/** Whose booking to open for what is not shown here. */
function bookingsToOpen(plan: Extract<Plan, { kind: 'not_shown' }>, snapshot: Snapshot): readonly Booking[] {
  if (plan.name !== undefined) {
    const found = findGuest(allBookings(snapshot), plan.name, plan.homes);
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

/** Decides a plan from re-read records and puts the decision into words; every plan but the free ones. Pure. */
export type DecidedPlan = Exclude<Plan, { kind: 'search' | 'home' }>;

export function renderPlan(plan: DecidedPlan, snapshot: Snapshot, rendering: Rendering): Draft {
  const { homes } = snapshot;
  const named = 'homes' in plan ? plan.homes.map(id => homes.home(id)) : [];
  const bookings = standingBookings(snapshot);
  switch (plan.kind) {
    case 'arrivals':
      return renderStayList(
        { about: 'arrivals', when: plan.when, named, form: plan.form, events: arrivals(bookings, plan) },
        rendering,
      );
    case 'departures':
      return renderStayList(
        { about: 'departures', when: plan.when, named, form: plan.form, events: departures(bookings, plan) },
        rendering,
      );
    case 'in_house':
      return renderStayList(
        { about: 'in_house', when: plan.when, named, form: plan.form, events: nights(bookings, plan) },
        rendering,
      );
    case 'overview': {
      const events = ordered(withoutDoubledMoves([...arrivals(bookings, plan), ...departures(bookings, plan)]));
      return renderStayList({ about: 'overview', when: plan.when, named, form: 'list', events }, rendering);
    }
    case 'turnovers':
      return renderTurnovers(turnovers(bookings, plan), { when: plan.when, named, form: plan.form }, rendering);
    case 'free_homes':
      return renderFreeHomes(
        homeFreedom({
          homes: homes.all,
          bookings,
          blocks: recordsOf(snapshot, 'calendar-block'),
          asked: plan,
        }),
        { when: plan.when, named, form: plan.form },
        rendering,
      );
    case 'readiness':
      return renderReadiness(
        readiness(bookings, recordsOf(snapshot, 'task'), plan),
        { when: plan.when, named },
        rendering,
      );
    case 'guest':
      return renderGuest(findGuest(allBookings(snapshot), plan.name, plan.homes), plan, rendering);
    case 'occupant': {
      const asked = named.length > 0 ? named : homes.all.filter(home => home.active);
      return renderOccupants(occupants(bookings, asked, plan.which), plan.which, rendering);
    }
    case 'calls':
      return renderCalls(callsOf(recordsOf(snapshot, 'call'), plan, homes), plan, rendering);
    case 'since':
      return renderNews(newsSince(snapshot, plan.from), plan, rendering);
    case 'not_shown':
      return renderNotShown(plan.detail, bookingsToOpen(plan, snapshot), rendering);
    case 'which_home':
      return renderWhichHome(
        plan.words,
        plan.choices.map(id => homes.home(id)),
      );
    case 'unknown_home':
      return renderUnknownHome(plan.words, homes.all);
    case 'help':
      return renderHelp();
    case 'unclear':
      return renderUnclear();
    default:
      return unreachable(plan);
  }
}
