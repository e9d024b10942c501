import type { Plan } from '@innkeeper/shared/domain/plan';
import { unreachable } from '@innkeeper/shared/result/result';
import type { Draft, Rendering } from './compose/draft.ts';
import { renderBookingChanges, renderLongestStays } from './compose/render-bookings.ts';
import { renderCalls } from './compose/render-calls.ts';
import {
  renderHelp,
  renderNotHere,
  renderOnlyAnswers,
  renderUnclear,
  renderUnknownHome,
  renderWhichHome,
} from './compose/render-fixed.ts';
import { renderFreeHomes, renderOccupants } from './compose/render-homes.ts';
import { renderNews } from './compose/render-news.ts';
import { renderNotYet } from './compose/render-not-yet.ts';
import { renderReadiness } from './compose/render-readiness.ts';
import { renderTasks } from './compose/render-tasks.ts';
import { renderTurnovers } from './compose/render-turnovers.ts';
import { renderUnanswered } from './compose/render-unanswered.ts';
import { withGaps } from './compose/with-gaps.ts';
import { bookingChanges } from './evaluate/booking-changes.ts';
import { allBookings, standingBookings } from './evaluate/bookings.ts';
import { callsOf, zonesOfLines } from './evaluate/calls.ts';
import { homeFreedom } from './evaluate/free-homes.ts';
import { longestStays } from './evaluate/longest-stay.ts';
import { notYet } from './evaluate/not-yet.ts';
import { occupants } from './evaluate/occupant.ts';
import { readiness } from './evaluate/readiness.ts';
import { newsSince } from './evaluate/since.ts';
import type { Gaps, Snapshot } from './evaluate/snapshot.ts';
import { recordsOf } from './evaluate/snapshot.ts';
import { tasksOf } from './evaluate/tasks.ts';
import { turnovers } from './evaluate/turnovers.ts';
import { unanswered } from './evaluate/unanswered.ts';
import { withoutSurnames } from './evaluate/without-surnames.ts';
import { hiddenFrom } from './permission/hidden-from.ts';
import { guestAnswer, notShownAnswer, requestAnswer } from './render-guest-plan.ts';
import { stayList } from './render-stay-plan.ts';

/** Every plan but the free ones. */
export type DecidedPlan = Exclude<Plan, { kind: 'search' | 'home' }>;

/** Decides a plan from re-read records and puts the decision into words, with how complete the records are. Pure. */
export function renderPlan(plan: DecidedPlan, snapshot: Snapshot, rendering: Rendering): Draft {
  const draft = decide(plan, rendering.scope === 'full' ? snapshot : withoutSurnames(snapshot), rendering);
  return withGaps(draft, isAboutOne(plan) && draft.sources.length > 0 ? foundGaps(snapshot) : snapshot.gaps);
}

/** Of one guest who was found, whatever else comes in changes nothing. */
const isAboutOne = ({ kind }: DecidedPlan): boolean => kind === 'guest' || kind === 'not_shown';
const foundGaps = ({ gaps }: Snapshot): Gaps | undefined => gaps && { ...gaps, isNewestMissing: false };

function decide(plan: DecidedPlan, snapshot: Snapshot, rendering: Rendering): Draft {
  const hidden = hiddenFrom(plan, rendering.scope);
  if (hidden !== undefined) return renderNotHere(hidden);
  const { homes } = snapshot;
  const named = 'homes' in plan ? plan.homes.map(id => homes.home(id)) : [];
  const bookings = standingBookings(snapshot);
  switch (plan.kind) {
    case 'arrivals':
    case 'departures':
    case 'in_house':
    case 'stay_overs':
    case 'overview':
      return stayList(plan, named, snapshot, rendering);
    case 'longest_stay':
      return renderLongestStays(longestStays(bookings, plan), { when: plan.when, named }, rendering);
    case 'bookings':
      return renderBookingChanges(bookingChanges(allBookings(snapshot), plan), plan, named, rendering);
    case 'not_yet':
      return renderNotYet(notYet(bookings, plan.movement, plan), { ...plan, named }, rendering);
    case 'early_check_in':
    case 'stay_longer':
      return requestAnswer(plan, named, snapshot, rendering);
    case 'tasks':
      return renderTasks(tasksOf(recordsOf(snapshot, 'task'), plan, homes), plan, named, rendering);
    case 'unanswered':
      return renderUnanswered(
        unanswered(recordsOf(snapshot, 'guest-message'), allBookings(snapshot), plan.homes, homes),
        { named, form: plan.form },
        rendering,
      );
    case 'turnovers':
      return renderTurnovers(turnovers(bookings, plan), { when: plan.when, named, form: plan.form }, rendering);
    case 'free_homes':
      return renderFreeHomes(
        homeFreedom({ homes: homes.all, bookings, blocks: recordsOf(snapshot, 'calendar-block'), asked: plan }),
        { when: plan.when, named, form: plan.form },
        rendering,
      );
    case 'readiness':
      return renderReadiness(
        readiness(bookings, recordsOf(snapshot, 'task'), plan, homes),
        { when: plan.when, named },
        rendering,
      );
    case 'guest':
      return guestAnswer(plan, snapshot, rendering);
    case 'occupant': {
      const asked = named.length > 0 ? named : homes.all.filter(home => home.active);
      return renderOccupants(occupants(bookings, asked, plan.which), { which: plan.which, named }, rendering);
    }
    case 'calls': {
      const calls = recordsOf(snapshot, 'call');
      return renderCalls(callsOf(calls, plan, homes), zonesOfLines(calls, homes), plan, rendering);
    }
    case 'since':
      return renderNews(newsSince(snapshot, plan.from), plan, rendering);
    case 'not_shown':
      return notShownAnswer(plan, snapshot, rendering);
    case 'which_home':
      return renderWhichHome(
        plan.words,
        plan.choices.map(id => homes.home(id)),
      );
    case 'unknown_home':
      return renderUnknownHome(plan.words, homes.all);
    case 'help':
      return renderHelp(rendering.scope);
    case 'unclear':
      return plan.order ? renderOnlyAnswers() : renderUnclear(plan.days);
    default:
      return unreachable(plan);
  }
}
