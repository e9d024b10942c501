import { Plan } from '@innkeeper/shared/domain/plan';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedAt, homes } from '../understand/__fixtures__/world.ts';
import { momentOf } from '../understand/asked.ts';
import { homeIndexOf } from '../understand/homes/home-index.ts';
import { period, reply, today, tomorrow, whenSaid } from './__fixtures__/replies.ts';
import { type ModelPlan, ModelPlan as ModelPlanSchema } from './model-plan.ts';
import { planOfReply } from './plan-of-reply.ts';

const QUESTION = 'chi arriva domani nel Blue Flat, a Cascais o da Harbour View, e Günter Weiß?';
const judge = (said: ModelPlan, question = QUESTION) =>
  planOfReply(said, { question, moment: momentOf(askedAt, homes), homeIndex: homeIndexOf(homes) });
const planned = (said: ModelPlan) => {
  const verdict = judge(said);
  if (verdict.kind !== 'plan') throw new Error(JSON.stringify(verdict));
  return verdict.plan;
};
const TODAY = { words: '', byToday: { '2026-11-18': { from: '2026-11-18', to: '2026-11-18' } } };
const TOMORROW = { words: '', byToday: { '2026-11-18': { from: '2026-11-19', to: '2026-11-19' } } };

describe('a reply that fits', () => {
  test.each<[ModelPlan, object]>([
    [
      reply('arrivals', { when: { ...tomorrow, words: 'domani' }, homes: ['blue flat'] }),
      { kind: 'arrivals', when: { ...TOMORROW, words: 'domani' }, homes: ['l-blue'], form: 'list' },
    ],
    [
      reply('departures', { with: 'children', after: '15:00', partyMin: 4, form: 'people' }),
      {
        kind: 'departures',
        when: TODAY,
        homes: [],
        form: 'people',
        only: { with: 'children', after: '15:00', partyMin: 4 },
      },
    ],
    [reply('in_house', { form: 'nights' }), { kind: 'in_house', when: TODAY, homes: [], form: 'nights' }],
    [reply('stay_overs'), { kind: 'stay_overs', when: TODAY, homes: [], form: 'list' }],
    [reply('longest_stay', { when: tomorrow }), { kind: 'longest_stay', when: TOMORROW, homes: [] }],
    [reply('turnovers', { form: 'count' }), { kind: 'turnovers', when: TODAY, homes: [], form: 'count' }],
    [
      reply('free_homes', { when: tomorrow, homes: ['Cascais'] }),
      { kind: 'free_homes', when: TOMORROW, homes: ['l-harbour1', 'l-harbour2'], form: 'list' },
    ],
    [reply('overview'), { kind: 'overview', when: TODAY, homes: [] }],
    [reply('readiness'), { kind: 'readiness', when: TODAY, homes: [] }],
    [
      reply('bookings', { choice: 'cancelled' }),
      { kind: 'bookings', change: 'cancelled', when: TODAY, homes: [], form: 'list' },
    ],
    [reply('not_yet', { choice: 'arrived' }), { kind: 'not_yet', movement: 'arrived', when: TODAY, homes: [] }],
    [
      reply('early_check_in', { guest: 'Günter Weiß', time: '12:00' }),
      { kind: 'early_check_in', name: 'Günter Weiß', homes: [], when: TODAY, at: '12:00' },
    ],
    [
      reply('stay_longer', { homes: ['Blue Flat'], nights: 1 }),
      { kind: 'stay_longer', homes: ['l-blue'], when: TODAY, nights: 1 },
    ],
    [
      reply('tasks', { choice: 'open', form: 'count' }),
      { kind: 'tasks', when: TODAY, which: 'all', state: 'open', homes: [], form: 'count' },
    ],
    [
      reply('tasks', { choice: 'cleaning' }),
      { kind: 'tasks', when: TODAY, which: 'cleaning', state: 'all', homes: [], form: 'list' },
    ],
    [reply('unanswered'), { kind: 'unanswered', homes: [], form: 'list' }],
    [
      reply('guest', { guest: 'gunter weiss', aspect: 'departure', when: today }),
      { kind: 'guest', name: 'gunter weiss', aspect: 'departure', homes: [], when: TODAY },
    ],
    [reply('guest', { guest: 'Günter' }), { kind: 'guest', name: 'Günter', aspect: 'booking', homes: [] }],
    [
      reply('occupant', { homes: ['Blue Flat'], choice: 'next' }),
      { kind: 'occupant', which: 'next', homes: ['l-blue'] },
    ],
    [reply('home', { homes: ['Blue Flat'], topic: 'wifi' }), { kind: 'home', homes: ['l-blue'], topic: 'wifi' }],
    [
      reply('calls', { choice: 'missed', guest: 'Günter' }),
      { kind: 'calls', when: TODAY, filter: 'missed', with: 'Günter', form: 'list' },
    ],
    [
      reply('not_shown', { choice: 'phone', guest: 'Günter' }),
      { kind: 'not_shown', detail: 'phone', name: 'Günter', homes: [] },
    ],
  ])('%j', (said, plan) => {
    expect(planned(said)).toEqual(plan);
  });

  test('asks back where a home’s name fits several', () => {
    expect(planned(reply('arrivals', { homes: ['Harbour View'] }))).toEqual({
      kind: 'which_home',
      words: 'Harbour View',
      choices: ['l-harbour1', 'l-harbour2'],
      question: QUESTION,
    });
  });

  test('may say that no kind fits', () => {
    expect(judge(reply('none', { guest: 'Mallory' }))).toEqual({ kind: 'none' });
  });
});

describe('a reply is dropped', () => {
  test.each<[string, ModelPlan, string]>([
    ['a guest nobody typed', reply('guest', { guest: 'Mallory' }), 'name_not_in_question'],
    ['a home nobody typed', reply('arrivals', { homes: ['Garden Studio'] }), 'name_not_in_question'],
    ['an empty name', reply('guest', { guest: ' ' }), 'name_not_in_question'],
    ['a home nobody has', reply('arrivals', { homes: ['arriva'] }), 'unknown_home'],
    ['days that do not exist', reply('arrivals', { when: whenSaid(period('weekday')) }), 'days_not_readable'],
    ['no guest', reply('guest'), 'incomplete'],
    ['no change', reply('bookings'), 'incomplete'],
    ['a choice of another kind', reply('calls', { choice: 'cancelled' }), 'incomplete'],
    ['no hour', reply('early_check_in', { guest: 'Günter' }), 'incomplete'],
    ['an hour that is none', reply('arrivals', { after: '25:00' }), 'incomplete'],
    ['no home', reply('occupant', { choice: 'next' }), 'incomplete'],
    ['no topic', reply('home', { homes: ['Blue Flat'] }), 'incomplete'],
  ])('for %s', (_, said, reason) => {
    expect(judge(said)).toEqual({ kind: 'dropped', reason });
  });
});

test('words about days that nobody typed are not repeated', () => {
  expect(planned(reply('arrivals', { when: { ...tomorrow, words: 'see https://evil.example' } }))).toMatchObject({
    when: TOMORROW,
  });
});

/** Mostly what a model may rightly say, now and then anything: else no reply would get far. */
const mostly = (...fitting: string[]) =>
  fc.oneof(
    { arbitrary: fc.constantFrom(...fitting), weight: 9 },
    { arbitrary: fc.string({ maxLength: 20 }), weight: 1 },
  );
const distance = fc.option(mostly('P1D', '-P3D', 'P1W', '-P1W', 'P2M'));
const clock = fc.option(mostly('12:00', '09:30'));
const number = fc.option(fc.integer({ min: 1, max: 12 }));
const anyPeriod = fc.record({
  anchor: fc.constantFrom(...ModelPlanSchema.shape.when._zod.def.innerType.shape.from.shape.anchor.options),
  away: distance,
  weekday: fc.option(fc.constantFrom('monday', 'sunday')),
  day: number,
  month: number,
  year: fc.option(fc.integer({ min: 1900, max: 2199 })),
});
const anyReply = fc.record({
  kind: fc.constantFrom(...ModelPlanSchema.shape.kind.options),
  when: fc.option(
    fc.record({
      words: mostly('domani', ''),
      span: fc.constantFrom('on', 'from_to', 'for', 'since', 'onwards', 'until'),
      from: anyPeriod,
      to: fc.option(anyPeriod),
      length: distance,
    }),
  ),
  homes: fc.array(mostly('Blue Flat', 'Cascais', 'Harbour View'), { maxLength: 2 }),
  guest: fc.option(mostly('Günter', 'Günter Weiß')),
  form: fc.constantFrom('list', 'count', 'people', 'nights'),
  choice: fc.option(fc.constantFrom('made', 'arrived', 'next', 'missed', 'cleaning', 'open', 'phone')),
  aspect: fc.option(fc.constantFrom('arrival', 'nights')),
  topic: fc.option(fc.constantFrom('wifi', 'pets')),
  time: clock,
  nights: number,
  with: fc.option(fc.constantFrom('children', 'pets')),
  after: clock,
  before: clock,
  partyMin: number,
});

test('whatever a model replies becomes a whole plan about homes there are, or nothing', () => {
  const known = new Set(homes.map(({ listingId }) => listingId));
  const seen = { plan: 0, none: 0, dropped: 0 };
  fc.assert(
    fc.property(anyReply, said => {
      const verdict = judge(ModelPlanSchema.parse(said));
      seen[verdict.kind] += 1;
      if (verdict.kind !== 'plan') return;
      expect(Plan.parse(verdict.plan)).toEqual(verdict.plan);
      const about = 'homes' in verdict.plan ? verdict.plan.homes : [];
      expect(about.every(id => known.has(id))).toBe(true);
    }),
    { numRuns: 1_500 },
  );
  expect(Math.min(seen.plan, seen.dropped)).toBeGreaterThan(150);
});
