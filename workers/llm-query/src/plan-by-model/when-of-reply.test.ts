import { LocalDate } from '@innkeeper/shared/domain/local-time';
import { describe, expect, test } from 'vitest';
import { askedAt, homes, nightAskedAt } from '../understand/__fixtures__/world.ts';
import { momentOf } from '../understand/asked.ts';
import { period, tomorrow, whenSaid } from './__fixtures__/replies.ts';
import type { ModelWhen } from './model-plan.ts';
import { whenOfReply } from './when-of-reply.ts';

const WEDNESDAY = LocalDate.parse('2026-11-18');
const days = (said: ModelWhen, unit: 'days' | 'nights' = 'days', lean: 'past' | 'near' | 'future' = 'near') => {
  const range = whenOfReply(said, momentOf(askedAt, homes), { unit, lean })?.byToday[WEDNESDAY];
  return range && `${range.from}..${range.to}`;
};

describe('on Wednesday 18 November 2026', () => {
  test.each<[string, ModelWhen, string]>([
    ['tomorrow', tomorrow, '2026-11-19..2026-11-19'],
    ['yesterday', whenSaid(period('today', { away: '-P1D' })), '2026-11-17..2026-11-17'],
    ['in two weeks', whenSaid(period('today', { away: 'P2W' })), '2026-12-02..2026-12-02'],
    ['in a month', whenSaid(period('today', { away: 'P1M' })), '2026-12-18..2026-12-18'],
    ['Friday', whenSaid(period('weekday', { weekday: 'friday' })), '2026-11-20..2026-11-20'],
    ['Friday next week', whenSaid(period('weekday', { weekday: 'friday', away: 'P1W' })), '2026-11-27..2026-11-27'],
    ['this weekend', whenSaid(period('weekend')), '2026-11-21..2026-11-22'],
    ['next week', whenSaid(period('week', { away: 'P1W' })), '2026-11-23..2026-11-29'],
    ['last month', whenSaid(period('month', { away: '-P1M' })), '2026-10-01..2026-10-31'],
    ['May', whenSaid(period('month', { month: 5 })), '2027-05-01..2027-05-31'],
    ['the 3rd', whenSaid(period('date', { day: 3 })), '2026-12-03..2026-12-03'],
    ['3 December 2027', whenSaid(period('date', { day: 3, month: 12, year: 2027 })), '2027-12-03..2027-12-03'],
    [
      'from Friday to Sunday',
      whenSaid(period('weekday', { weekday: 'friday' }), {
        span: 'from_to',
        to: period('weekday', { weekday: 'sunday' }),
      }),
      '2026-11-20..2026-11-22',
    ],
    [
      'three nights from Friday',
      whenSaid(period('weekday', { weekday: 'friday' }), { span: 'for', length: 'P3D' }),
      '2026-11-20..2026-11-22',
    ],
    ['the next week of days', whenSaid(period('today'), { span: 'for', length: 'P7D' }), '2026-11-18..2026-11-24'],
    ['the last week of days', whenSaid(period('today'), { span: 'for', length: '-P7D' }), '2026-11-12..2026-11-18'],
    ['since Monday', whenSaid(period('weekday', { weekday: 'monday' }), { span: 'since' }), '2026-11-16..2026-11-18'],
    ['until Friday', whenSaid(period('weekday', { weekday: 'friday' }), { span: 'until' }), '2026-11-18..2026-11-20'],
  ])('%s is counted by code', (_, said, expected) => {
    expect(days(said)).toBe(expected);
  });

  test('the nights of the weekend are Friday’s and Saturday’s', () => {
    expect(days(whenSaid(period('weekend')), 'nights', 'future')).toBe('2026-11-20..2026-11-21');
  });
});

test('today is each home’s own', () => {
  const when = whenOfReply(tomorrow, momentOf(nightAskedAt, homes), { unit: 'days', lean: 'near' });
  expect(when?.byToday).toEqual({
    '2026-11-18': { from: '2026-11-19', to: '2026-11-19' },
    '2026-11-19': { from: '2026-11-20', to: '2026-11-20' },
  });
});

describe('there are no days', () => {
  test.each<[string, ModelWhen]>([
    ['a distance that is none', whenSaid(period('today', { away: 'tomorrow' }))],
    ['a date that was counted out', whenSaid(period('today', { away: '2026-11-19' }))],
    ['a weekday without its name', whenSaid(period('weekday'))],
    ['a weekday some days away', whenSaid(period('weekday', { weekday: 'friday', away: 'P3D' }))],
    ['a week a month away', whenSaid(period('week', { away: 'P1M' }))],
    ['a month some days away', whenSaid(period('month', { away: 'P3D' }))],
    ['a date without a day', whenSaid(period('date', { month: 5 }))],
    ['31 April', whenSaid(period('date', { day: 31, month: 4, year: 2027 }))],
    ['no end', whenSaid(period('today'), { span: 'from_to' })],
    ['an end that is none', whenSaid(period('today'), { to: period('date') })],
    ['no length', whenSaid(period('today'), { span: 'for' })],
    ['a length in months', whenSaid(period('today'), { span: 'for', length: 'P2M' })],
    ['a length of years', whenSaid(period('today'), { span: 'for', length: 'P9999D' })],
    ['backwards from another day', whenSaid(period('weekday', { weekday: 'friday' }), { span: 'for', length: '-P3D' })],
    [
      'an end before the start',
      whenSaid(period('today', { away: 'P9D' }), { span: 'from_to', to: period('today', { away: 'P2D' }) }),
    ],
  ])('in %s', (_, said) => {
    expect(days(said)).toBeUndefined();
  });
});
