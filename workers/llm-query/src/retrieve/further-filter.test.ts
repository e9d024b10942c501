import { pointIndexes } from '@innkeeper/shared/contracts/point-payload';
import { Plan } from '@innkeeper/shared/domain/plan';
import type { PointFilter } from '@innkeeper/shared/ports/vector-store';
import { describe, expect, test } from 'vitest';
import { homeRecords, stay, today } from '../../test/support/render.ts';
import { ASKED_AT } from '../../test/support/world.ts';
import { homesAt } from '../evaluate/homes.ts';
import { furtherFilter } from './further-filter.ts';

const homes = homesAt(
  homeRecords.filter(record => record.kind === 'listing'),
  Date.parse(ASKED_AT),
);
const mia = stay('A', 'l-sea', '2026-11-21', '2026-11-24', { guest: 'Mia Larsen', more: { guestId: 'g1' } });
const untilMonday = { words: '', byToday: { '2026-11-21': { from: '2026-11-21', to: '2026-11-24' } } };
const filterOf = (plan: object, records = [mia]): PointFilter | undefined =>
  furtherFilter(Plan.parse({ homes: [], when: today, ...plan }), { homes, records });

function fieldsOf(filter: PointFilter, within = ''): string[] {
  return [...(filter.must ?? []), ...(filter.should ?? []), ...(filter.mustNot ?? [])].flatMap(condition => {
    if ('nested' in condition) return fieldsOf(condition.filter, `${condition.nested}[].`);
    return 'filter' in condition ? fieldsOf(condition.filter, within) : [`${within}${condition.field}`];
  });
}

describe('furtherFilter', () => {
  test.each([
    ['guest', { kind: 'guest', name: 'Larsen', aspect: 'arrival' }],
    ['arrivals of one home', { kind: 'arrivals', homes: ['l-sea'], form: 'list' }],
    ['departures of one home', { kind: 'departures', homes: ['l-sea'], form: 'list', when: untilMonday }],
    ['arrivals after an hour', { kind: 'arrivals', only: { after: '14:00' }, form: 'list' }],
    ['early_check_in', { kind: 'early_check_in', name: 'Larsen', at: '12:00' }],
    ['early_check_in of a home', { kind: 'early_check_in', homes: ['l-sea'], at: '12:00' }],
    ['a telephone number', { kind: 'not_shown', detail: 'phone', name: 'Larsen' }],
    ['stay_longer', { kind: 'stay_longer', name: 'Larsen', nights: 1 }],
    ['stay_longer of a home', { kind: 'stay_longer', homes: ['l-sea'], nights: 1 }],
  ])('%s asks only for fields that Qdrant has an index for', (_name, plan) => {
    const filter = filterOf(plan);
    if (filter === undefined) throw new Error('nothing to read');
    expect(Object.keys(pointIndexes)).toEqual(expect.arrayContaining([...new Set(fieldsOf(filter))]));
  });

  test('talk is that of the booking, and calls of the name from the weeks before', () => {
    const text = JSON.stringify(filterOf({ kind: 'guest', name: 'Larsen', aspect: 'departure' }));
    expect(text).toContain('{"field":"reservationId","anyOf":["r-A"]}');
    expect(text).toContain('{"field":"guestNames","anyOf":["Mia Larsen"]}');
    expect(text).toContain('{"field":"startsAt","range":{"gte":"2026-09-22T00:00:00Z"}}');
  });

  test.each([
    ['of every home', { kind: 'arrivals', form: 'list' }],
    ['that are counted', { kind: 'arrivals', homes: ['l-sea'], form: 'count' }],
    ['asked for the party', { kind: 'guest', name: 'Larsen', aspect: 'party' }],
    ['asked for a door code', { kind: 'not_shown', detail: 'access_code', name: 'Larsen' }],
    ['of nobody', { kind: 'stay_longer', name: 'Zoltan', nights: 1 }],
  ])('no talk and no other stays are read of bookings %s', (_name, plan) => {
    expect(filterOf(plan)).toBeUndefined();
  });
});
