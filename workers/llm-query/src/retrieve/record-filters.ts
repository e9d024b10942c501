import { addDays } from '@innkeeper/shared/domain/local-time';
import type { DayRange } from '@innkeeper/shared/domain/plan';
import { ReservationStatus, stayStanding } from '@innkeeper/shared/domain/reservation';
import type { PointCondition, PointFilter } from '@innkeeper/shared/ports/vector-store';
import { PREVIOUS_DEPARTURE_DAYS } from '../evaluate/readiness.ts';

/** The pieces that filters for complete lists are made of: stays, blocks and work of homes in some days. Pure. */
export const living = (filter: PointFilter): PointFilter => ({
  must: [{ field: 'deleted', equals: false }, { filter }],
});

export const anyOf = (...filters: PointFilter[]): PointFilter => ({ should: filters.map(filter => ({ filter })) });

/** Standing that never counts is left out here already: a busy home has as many dead inquiries as bookings. */
export const deadStatuses = ReservationStatus.options.filter(status => stayStanding(status) === 'none');

export function staysOf(named: readonly string[], conditions: PointCondition[]): PointFilter {
  const atHome: PointCondition[] = named.length === 0 ? [] : [{ field: 'listingId', anyOf: named }];
  return {
    must: [
      { field: 'kind', equals: 'reservation' },
      { nested: 'stays', filter: { must: [...conditions, ...atHome] } },
    ],
    mustNot: [{ field: 'status', anyOf: deadStatuses }],
  };
}

export const startsIn = (days: DayRange): PointCondition[] => [
  { field: 'checkInDate', range: { gte: days.from, lte: days.to } },
];
export const endsIn = (days: DayRange): PointCondition[] => [
  { field: 'checkOutDate', range: { gte: days.from, lte: days.to } },
];
export const coversNightIn = (days: DayRange): PointCondition[] => [
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

export function tasksOf(named: readonly string[], days: DayRange): PointFilter {
  const due: PointFilter = { must: [{ field: 'startsAt', range: spanOf(days) }] };
  return { must: [{ field: 'kind', equals: 'task' }, ...atHomes(named), { filter: anyOf(due, openUndated) }] };
}

/** As the vendor mostly spells work that is over; what is spelled otherwise is judged when it has been read. */
export const OVER = ['completed', 'canceled', 'cancelled', 'done'];
const openUndated: PointFilter = {
  must: [{ field: 'startsAt', isEmpty: true }],
  mustNot: [{ field: 'status', anyOf: OVER }],
};

export const atHomes = (named: readonly string[]): PointCondition[] =>
  named.length === 0 ? [] : [{ field: 'listingIds', anyOf: named }];

/** Instants that fall on these local days anywhere on earth: zones reach from UTC-12 to UTC+14. */
export const spanOf = (days: DayRange): { gte: string; lt: string } => ({
  gte: `${addDays(days.from, -1)}T00:00:00Z`,
  lt: `${addDays(days.to, 2)}T00:00:00Z`,
});

/** Arrivals of these days with what tells whether their homes are ready: departures before, work, blocks. */
export function aroundArrivals(named: readonly string[], days: DayRange): PointFilter {
  const before = { from: addDays(days.from, -PREVIOUS_DEPARTURE_DAYS), to: days.to };
  return anyOf(
    staysOf(named, startsIn(days)),
    staysOf(named, endsIn(before)),
    tasksOf(named, before),
    blocksOf(named, { from: addDays(days.from, -1), to: days.to }),
  );
}

/** Whatever stands in these nights: stays and blocks. */
export const inNights = (named: readonly string[], nights: DayRange): PointFilter =>
  anyOf(staysOf(named, coversNightIn(nights)), blocksOf(named, nights));

/** Somebody is there, or comes or goes, on any of these days. */
export const touches = (days: DayRange): PointCondition[] => [
  { field: 'checkInDate', range: { lte: days.to } },
  { field: 'checkOutDate', range: { gte: days.from } },
];
