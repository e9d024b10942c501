import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import { addDays } from '@innkeeper/shared/domain/local-time';
import type { DayRange, Plan } from '@innkeeper/shared/domain/plan';
import { ReservationStatus, stayStanding } from '@innkeeper/shared/domain/reservation';
import type { PointCondition, PointFilter } from '@innkeeper/shared/ports/vector-store';
import type { Homes } from '../evaluate/homes.ts';
import { daysAnywhere, todays } from '../evaluate/homes.ts';
import { PREVIOUS_DEPARTURE_DAYS } from '../evaluate/readiness.ts';

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
    case 'in_house':
      return within(plan, homes, days => staysOf(plan.homes, coversNightIn(days)));
    case 'free_homes':
      return within(plan, homes, days => anyOf(staysOf(plan.homes, coversNightIn(days)), blocksOf(plan.homes, days)));
    case 'readiness':
      return within(plan, homes, days => {
        const before = { from: addDays(days.from, -PREVIOUS_DEPARTURE_DAYS), to: days.to };
        return anyOf(
          staysOf(plan.homes, startsIn(days)),
          staysOf(plan.homes, endsIn(before)),
          tasksOf(plan.homes, before),
        );
      });
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
  return living(staysOf(named, coversNightIn({ from, to: addDays(from, COMING_DAYS) })));
}

/** How far ahead and back "next" and "previous" look: a year of bookings is what calendars are open for. */
const OCCUPANT_DAYS = 365;

function occupantFilter(plan: Extract<Plan, { kind: 'occupant' }>, homes: Homes): PointFilter {
  const dates = todays(homes);
  const days = { from: dates[0] ?? ('' as LocalDate), to: dates.at(-1) ?? ('' as LocalDate) };
  switch (plan.which) {
    case 'current':
      return living(
        staysOf(plan.homes, [
          { field: 'checkInDate', range: { lte: days.to } },
          { field: 'checkOutDate', range: { gte: days.from } },
        ]),
      );
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

const living = (filter: PointFilter): PointFilter => ({
  must: [{ field: 'deleted', equals: false }, { filter }],
});

function within(
  plan: { readonly when: Parameters<typeof daysAnywhere>[0] },
  homes: Homes,
  filterFor: (days: DayRange) => PointFilter,
): PointFilter | undefined {
  const days = daysAnywhere(plan.when, homes);
  return days === undefined ? undefined : living(filterFor(days));
}

const anyOf = (...filters: PointFilter[]): PointFilter => ({ should: filters.map(filter => ({ filter })) });

/** Standing that never counts is left out here already: a busy home has as many dead inquiries as bookings. */
const deadStatuses = ReservationStatus.options.filter(status => stayStanding(status) === 'none');

function staysOf(named: readonly string[], conditions: PointCondition[]): PointFilter {
  const atHome: PointCondition[] = named.length === 0 ? [] : [{ field: 'listingId', anyOf: named }];
  return {
    must: [
      { field: 'kind', equals: 'reservation' },
      { nested: 'stays', filter: { must: [...conditions, ...atHome] } },
    ],
    mustNot: [{ field: 'status', anyOf: deadStatuses }],
  };
}

const startsIn = (days: DayRange): PointCondition[] => [
  { field: 'checkInDate', range: { gte: days.from, lte: days.to } },
];
const endsIn = (days: DayRange): PointCondition[] => [
  { field: 'checkOutDate', range: { gte: days.from, lte: days.to } },
];
const coversNightIn = (days: DayRange): PointCondition[] => [
  { field: 'checkInDate', range: { lte: days.to } },
  { field: 'checkOutDate', range: { gt: days.from } },
];

function blocksOf(named: readonly string[], days: DayRange): PointFilter {
  return {
    must: [
      { field: 'kind', equals: 'calendar-block' },
      { field: 'checkInDate', range: { lte: days.to } },
      { field: 'checkOutDate', range: { gte: days.from } }, // a block's last day is a blocked night
      ...atHomes(named),
    ],
  };
}

function tasksOf(named: readonly string[], days: DayRange): PointFilter {
  return {
    must: [{ field: 'kind', equals: 'task' }, { field: 'startsAt', range: spanOf(days) }, ...atHomes(named)],
  };
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

const atHomes = (named: readonly string[]): PointCondition[] =>
  named.length === 0 ? [] : [{ field: 'listingIds', anyOf: named }];

/** Instants that fall on these local days anywhere on earth: zones reach from UTC-12 to UTC+14. */
const spanOf = (days: DayRange): { gte: string; lt: string } => ({
  gte: `${addDays(days.from, -1)}T00:00:00Z`,
  lt: `${addDays(days.to, 2)}T00:00:00Z`,
});
