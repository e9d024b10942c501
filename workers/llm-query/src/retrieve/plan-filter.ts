import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { DayRange, Plan } from '@innkeeper/shared/domain/plan';
import type { PointCondition, PointFilter } from '@innkeeper/shared/ports/vector-store';
import type { Homes } from '../evaluate/homes.ts';
import { daysAnywhere, todays } from '../evaluate/homes.ts';
import { UNANSWERED_DAYS } from '../evaluate/unanswered.ts';
import {
  anyOf,
  aroundArrivals,
  atHomes,
  coversNightIn,
  deadStatuses,
  endsIn,
  inNights,
  living,
  OVER,
  spanOf,
  startsIn,
  staysOf,
  touches,
} from './record-filters.ts';

/**
 * Which points can matter for a plan that asks for complete lists: as wide as the homes' different todays, never
 * narrower than the answer. What belongs in the answer is decided later from re-read records. Pure.
 */
export function planFilter(plan: Plan, homes: Homes): PointFilter | undefined {
  switch (plan.kind) {
    case 'arrivals':
      return within(plan, homes, days => staysOf(plan.homes, startsIn(days)));
    case 'departures':
      return within(plan, homes, days => staysOf(plan.homes, endsIn(days)));
    case 'turnovers':
    case 'overview':
      return within(plan, homes, days => anyOf(staysOf(plan.homes, startsIn(days)), staysOf(plan.homes, endsIn(days))));
    case 'not_yet':
      return within(plan, homes, days =>
        staysOf(plan.homes, plan.movement === 'arrived' ? startsIn(days) : endsIn(days)),
      );
    case 'in_house':
    case 'stay_overs':
    case 'longest_stay':
      return within(plan, homes, days => staysOf(plan.homes, coversNightIn(days)));
    case 'free_homes':
      return within(plan, homes, days => inNights(plan.homes, days));
    case 'bookings':
      return bookingsFilter(plan, homes);
    case 'readiness':
      return within(plan, homes, days => aroundArrivals(plan.homes, days));
    case 'early_check_in':
      // By name the stays have to be found first: see `furtherFilter`.
      return plan.name === undefined
        ? within(plan, homes, days => aroundArrivals(plan.homes, untilComing(plan.homes, days)))
        : undefined;
    case 'stay_longer':
      return plan.name === undefined
        ? within(plan, homes, days => staysOf(plan.homes, touches(untilComing(plan.homes, days))))
        : undefined;
    case 'tasks':
      return within(plan, homes, days => taskFilter(plan, days));
    case 'unanswered':
      return unansweredFilter(homes);
    case 'occupant':
      return occupantFilter(plan, homes);
    case 'calls':
      return within(plan, homes, days => callsOn(days, plan.filter));
    case 'since':
      return newsSince(plan.from);
    case 'not_shown':
      return plan.name === undefined && plan.homes.length > 0 ? presentOrComing(plan.homes, homes) : undefined;
    case 'guest':
    case 'home':
    case 'search':
    case 'which_home':
    case 'unknown_home':
    case 'help':
    case 'unclear':
      return undefined;
  }
}

/** The booking to open when something of a home is asked for: who is there, or who comes next. */
function presentOrComing(named: readonly string[], homes: Homes): PointFilter {
  const dates = todays(homes);
  const from = dates[0] ?? ('' as LocalDate);
  return living(staysOf(named, coversNightIn(withComing({ from, to: from }))));
}

/** How far ahead and back "next" and "previous" look: a year of bookings is what calendars are open for. */
const OCCUPANT_DAYS = 365;

function occupantFilter(plan: Extract<Plan, { kind: 'occupant' }>, homes: Homes): PointFilter {
  const dates = todays(homes);
  const days = { from: dates[0] ?? ('' as LocalDate), to: dates.at(-1) ?? ('' as LocalDate) };
  switch (plan.which) {
    case 'current':
      return living(staysOf(plan.homes, touches(days)));
    case 'next':
      return living(staysOf(plan.homes, startsIn({ from: days.from, to: addDays(days.to, OCCUPANT_DAYS) })));
    case 'previous':
      return living(staysOf(plan.homes, endsIn({ from: addDays(days.from, -OCCUPANT_DAYS), to: days.to })));
  }
}

/** Bookings from which a name typed with a slip of the finger is looked up: recent, present and coming ones. */
export function recentBookings(homes: Homes): PointFilter {
  const dates = todays(homes);
  const days = {
    from: addDays(dates[0] ?? ('' as LocalDate), -RECENT_DAYS),
    to: addDays(dates.at(-1) ?? ('' as LocalDate), COMING_DAYS),
  };
  return living({
    must: [
      { field: 'kind', equals: 'reservation' },
      { nested: 'stays', filter: { must: coversNightIn(days) } },
    ],
  });
}
const RECENT_DAYS = 14;
const COMING_DAYS = 120;

/** Of a named home also whoever comes next, where nobody is meant on the days themselves. */
const untilComing = (named: readonly string[], days: DayRange): DayRange =>
  named.length === 0 ? days : withComing(days);
const withComing = (days: DayRange): DayRange => ({ from: days.from, to: addDays(days.to, COMING_DAYS) });

type PlanOf<K extends Plan['kind']> = Extract<Plan, { kind: K }>;

/** What is news of a booking came later than the booking, and no earlier than it happened. */
function bookingsFilter(plan: PlanOf<'bookings'>, homes: Homes): PointFilter | undefined {
  const days = plan.when === undefined ? undefined : daysAnywhere(plan.when, homes);
  const from = [plan.from, days && spanOf(days).gte]
    .filter(bound => bound !== undefined)
    .sort()
    .at(-1);
  if (from === undefined || (plan.when !== undefined && days === undefined)) return undefined;
  const known: PointCondition[] = [{ field: 'kind', equals: 'reservation' }, ...atHomes(plan.homes)];
  if (plan.change === 'cancelled') known.push({ field: 'status', equals: 'canceled' });
  const came: PointFilter = { must: [{ field: 'receivedAt', range: { gte: from } }] };
  const to = days && spanOf(days).lt;
  const made: PointFilter = {
    must: [{ field: 'startsAt', range: { gte: from, ...(to === undefined ? {} : { lt: to }) } }],
  };
  const undated: PointFilter = { must: [{ field: 'startsAt', isEmpty: true }, { filter: came }] };
  return living({
    must: [...known, { filter: plan.change === 'made' ? anyOf(made, undated) : came }],
    mustNot: [{ field: 'status', anyOf: plan.change === 'cancelled' ? [] : deadButCancelled }],
  });
}
const deadButCancelled = deadStatuses.filter(status => status !== 'canceled');

/** Open work counts whenever it was due; finished work is left out here already, as the vendor mostly spells it. */
function taskFilter({ homes, state }: PlanOf<'tasks'>, days: DayRange): PointFilter {
  const { gte, lt } = spanOf(days);
  const must: PointCondition[] = [{ field: 'kind', equals: 'task' }, ...atHomes(homes)];
  if (state === 'all') return { must: [...must, { field: 'startsAt', range: { gte, lt } }] };
  const due: PointFilter = {
    should: [
      { field: 'startsAt', range: { lt } },
      { field: 'startsAt', isEmpty: true },
    ],
  };
  return {
    must: [...must, { filter: due }],
    mustNot: [{ field: 'status', anyOf: OVER }],
  };
}

/** Of every home: an answer may have been written about the home a guest moved on to. */
const unansweredFilter = (homes: Homes): PointFilter =>
  living({
    must: [
      { field: 'kind', equals: 'guest-message' },
      { field: 'author', anyOf: ['guest', 'host'] },
      {
        field: 'startsAt',
        range: { gte: new Date(homes.askedAtMs - UNANSWERED_DAYS * 86_400_000).toISOString() },
      },
    ],
  });

function within(
  plan: { readonly when: Parameters<typeof daysAnywhere>[0] },
  homes: Homes,
  filterFor: (days: DayRange) => PointFilter,
): PointFilter | undefined {
  const days = daysAnywhere(plan.when, homes);
  return days === undefined ? undefined : living(filterFor(days));
}

function callsOn(days: DayRange, filter: 'all' | 'missed' | 'voicemail'): PointFilter {
  return {
    must: [
      { field: 'kind', equals: 'call' },
      { field: 'startsAt', range: spanOf(days) },
      ...(filter === 'missed' ? [{ field: 'missed', equals: true }] : []),
      ...(filter === 'voicemail' ? [{ field: 'voicemail', equals: true }] : []),
    ],
  };
}

function newsSince(from: string): PointFilter {
  return living({
    should: [
      {
        filter: {
          must: [
            { field: 'kind', equals: 'reservation' },
            { field: 'receivedAt', range: { gte: from } },
          ],
        },
      },
      {
        filter: {
          must: [
            { field: 'kind', anyOf: ['guest-message', 'call', 'text-message'] },
            { field: 'startsAt', range: { gte: from } },
          ],
        },
      },
    ],
  });
}
