import { pointIndexes } from '@innkeeper/shared/contracts/point-payload';
import { Plan, type PlanKind } from '@innkeeper/shared/domain/plan';
import type { PointFilter } from '@innkeeper/shared/ports/vector-store';
import { describe, expect, test } from 'vitest';
import { listing } from '../../test/support/world.ts';
import { homesAt } from '../evaluate/homes.ts';
import { planFilter, recentBookings } from './plan-filter.ts';

/** 20:00 UTC: Saturday in New York, already Sunday in Tokyo. */
const homes = homesAt(
  [listing('l-ny', 'Loft', 'America/New_York'), listing('l-tokyo', 'Flat', 'Asia/Tokyo')].filter(
    record => record.kind === 'listing',
  ),
  Date.parse('2026-11-21T20:00:00Z'),
);
const when = {
  words: 'today',
  byToday: {
    '2026-11-21': { from: '2026-11-21', to: '2026-11-21' },
    '2026-11-22': { from: '2026-11-22', to: '2026-11-22' },
  },
};
const FROM = '2026-11-20T10:00:00Z';
const listed = { when, homes: [], form: 'list' };
const plans: Record<PlanKind, object> = {
  arrivals: listed,
  departures: listed,
  in_house: listed,
  turnovers: listed,
  free_homes: listed,
  overview: listed,
  readiness: listed,
  calls: { ...listed, filter: 'missed' },
  stay_overs: listed,
  longest_stay: listed,
  bookings: { ...listed, change: 'made' },
  not_yet: { ...listed, movement: 'arrived' },
  early_check_in: { ...listed, at: '12:00' },
  stay_longer: { ...listed, nights: 1 },
  tasks: { ...listed, which: 'all', state: 'all' },
  unanswered: { homes: [], form: 'list' },
  occupant: { which: 'next', homes: ['l-ny'] },
  since: { from: '2026-11-20T10:00:00Z', words: '' },
  guest: { name: 'x', aspect: 'arrival', homes: [] },
  home: { homes: ['l-ny'], topic: 'wifi' },
  search: { words: 'x', homes: [], kinds: [] },
  not_shown: { detail: 'phone', homes: [] },
  which_home: { words: 'x', choices: ['l-ny', 'l-tokyo'] },
  unknown_home: { words: 'x' },
  help: {},
  unclear: {},
};
const filterOf = (kind: PlanKind, more: object = {}) =>
  planFilter(Plan.parse({ kind, ...plans[kind], ...more }), homes);

/** Every field a filter asks for, with the array it is nested in. */
function fieldsOf(filter: PointFilter, within = ''): string[] {
  return [...(filter.must ?? []), ...(filter.should ?? []), ...(filter.mustNot ?? [])].flatMap(condition => {
    if ('nested' in condition) return fieldsOf(condition.filter, `${condition.nested}[].`);
    return 'filter' in condition ? fieldsOf(condition.filter, within) : [`${within}${condition.field}`];
  });
}

describe('planFilter', () => {
  test('covers every day that is today at some home', () => {
    expect(JSON.stringify(filterOf('arrivals'))).toContain(
      '{"field":"checkInDate","range":{"gte":"2026-11-21","lte":"2026-11-22"}}',
    );
    expect(JSON.stringify(filterOf('departures'))).toContain(
      '{"field":"checkOutDate","range":{"gte":"2026-11-21","lte":"2026-11-22"}}',
    );
  });

  test('keeps tombstones and dead inquiries out, and bookings that are not confirmed in', () => {
    const text = JSON.stringify(filterOf('arrivals'));
    expect(text).toContain('{"field":"deleted","equals":false}');
    expect(text).toContain(
      '"mustNot":[{"field":"status","anyOf":["inquiry","canceled","declined","expired","closed"]}]',
    );
  });

  test('matches home and day within one and the same stay', () => {
    expect(filterOf('arrivals', { homes: ['l-ny'] })?.must?.[1]).toMatchObject({
      filter: {
        must: [
          {},
          { nested: 'stays', filter: { must: [{ field: 'checkInDate' }, { field: 'listingId', anyOf: ['l-ny'] }] } },
        ],
      },
    });
  });

  test('asks only for fields that Qdrant has an index for', () => {
    const filters = [...(Object.keys(plans) as PlanKind[]).map(kind => filterOf(kind)), recentBookings(homes)];
    const fields = filters.flatMap(filter => (filter === undefined ? [] : fieldsOf(filter)));
    expect(Object.keys(pointIndexes)).toEqual(expect.arrayContaining([...new Set(fields)]));
  });

  test.each(['guest', 'home', 'search', 'not_shown', 'which_home', 'unknown_home', 'help', 'unclear'] as const)(
    '%s needs no complete list',
    kind => {
      expect(filterOf(kind)).toBeUndefined();
    },
  );

  test('what is not shown of a home leads to whoever is there or comes next', () => {
    expect(JSON.stringify(filterOf('not_shown', { homes: ['l-ny'] }))).toContain('"listingId","anyOf":["l-ny"]');
  });

  test('news of bookings is looked for by when it came, and bookings made by when they were made, known or not', () => {
    const made = JSON.stringify(filterOf('bookings'));
    expect(made).toContain('{"field":"startsAt","range":{"gte":"2026-11-20T00:00:00Z","lt":"2026-11-24T00:00:00Z"}}');
    expect(made).toContain('{"field":"startsAt","isEmpty":true}');
    expect(made).toContain('"mustNot":[{"field":"status","anyOf":["inquiry","declined","expired","closed"]}]');
    const cancelled = JSON.stringify(filterOf('bookings', { change: 'cancelled', when: undefined, from: FROM }));
    expect(cancelled).toContain(`{"field":"receivedAt","range":{"gte":"${FROM}"}}`);
    expect(cancelled).toContain('{"field":"status","equals":"canceled"}');
    expect(filterOf('bookings', { when: undefined })).toBeUndefined();
  });

  test('open work is looked for however long ago it was due', () => {
    const open = JSON.stringify(filterOf('tasks', { state: 'open' }));
    expect(open).toContain('{"field":"startsAt","range":{"lt":"2026-11-24T00:00:00Z"}}');
    expect(open).toContain('{"field":"startsAt","isEmpty":true}');
  });

  test('a plan that does not foresee any home’s today matches nothing rather than everything', () => {
    expect(filterOf('arrivals', { when: { words: 'x', byToday: {} } })).toBeUndefined();
  });
});
