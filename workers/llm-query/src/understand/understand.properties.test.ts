import { TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';
import { Plan, type When } from '@innkeeper/shared/domain/plan';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classesAtFirstSight } from './__fixtures__/classes-first-sight.ts';
import { heldBackClasses } from './__fixtures__/classes-held-back.ts';
import { tunedClasses } from './__fixtures__/classes-tuned.ts';
import { tunedLanguages } from './__fixtures__/classes-tuned-languages.ts';
import { chatAboutDetails } from './__fixtures__/english-chat-details.ts';
import { detailsAtFirstSight } from './__fixtures__/english-chat-first-sight-details.ts';
import { listsAtFirstSight } from './__fixtures__/english-chat-first-sight-lists.ts';
import { chatAboutLists } from './__fixtures__/english-chat-lists.ts';
import { heldBackPhrasings } from './__fixtures__/phrasings-held-back.ts';
import { tunedPhrasings } from './__fixtures__/phrasings-tuned.ts';
import { askedAt, homes, words } from './__fixtures__/world.ts';
import { understand } from './understand.ts';

const phrasings = [
  ...tunedPhrasings,
  ...heldBackPhrasings,
  ...tunedClasses,
  ...tunedLanguages,
  ...classesAtFirstSight,
  ...heldBackClasses,
  ...chatAboutLists,
  ...chatAboutDetails,
  ...listsAtFirstSight,
  ...detailsAtFirstSight,
];
const contexts = phrasings.map(({ plan }) => ({ plan, answeredAt: askedAt }));
const read = (text: string): Plan => understand({ text, askedAt, homes, words });

/** Words the rules know, in any order, with names, dates and strangers between them: closer to the rules than noise is. */
const salad = fc
  .array(fc.constantFrom(...new Set(phrasings.flatMap(({ text }) => text.split(' ')))), { maxLength: 14 })
  .map(parts => parts.join(' '));
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 200 }),
  fc.string({ unit: 'grapheme-ascii', maxLength: 5000 }),
  salad,
);
const anyInstant = fc
  .date({ min: new Date('0000-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
  .map(date => date.toISOString());

describe('any text at any time', () => {
  it('becomes a plan', () => {
    fc.assert(
      fc.property(
        anyText,
        anyInstant,
        fc.option(fc.constantFrom(...contexts), { nil: undefined }),
        (text, at, context) => {
          const plan = understand({ text, askedAt: at, homes, words, ...(context ? { context } : {}) });
          expect(Plan.parse(plan)).toEqual(plan);
        },
      ),
      { numRuns: 800 },
    );
  });

  it.each([
    ['5,000 letters', 'a'.repeat(5000)],
    ['5,000 spaces', ' '.repeat(5000)],
    ['5,000 characters of one rule word', 'arrivals '.repeat(555)],
    ['5,000 digits', '1'.repeat(5000)],
    ['5,000 hyphens', '-'.repeat(5000)],
    ['5,000 apostrophes and letters', "l'".repeat(2500)],
    ['an opening quotation mark at every word', '"a '.repeat(1600)],
    ['control characters', '\u0000\u0007arrivals\u001b[31m today\u0085'],
    ['another alphabet', 'кто приезжает сегодня?'],
    ['no spaces between words', '今日チェックインするのは誰ですか'],
    ['right to left', 'من يصل اليوم؟'],
    ['flags and families', '🇵🇹👨‍👩‍👧‍👦🏳️‍🌈'],
    ['a lone surrogate', '\ud800 arrivals today'],
    ['a pattern', '(((((a+)+)+)+)+)$ [a-z]* \\d'],
  ])('%s', (_, text) => {
    const plan = read(text);
    expect(Plan.parse(plan)).toEqual(plan);
  });

  it('needs no homes', () => {
    const broken = phrasings.filter(
      ({ text }) => !Plan.safeParse(understand({ text, askedAt, homes: [], words })).success,
    );
    expect(broken).toEqual([]);
  });

  it('reads a home in a zone nobody knows as if its clock were UTC', () => {
    const strange = homes.map(home => ({ ...home, timezone: 'Moon/Tranquillity' }));
    expect(understand({ text: 'arrivals today', askedAt, homes: strange, words })).toMatchObject({
      kind: 'arrivals',
      when: { byToday: { '2026-11-18': { from: '2026-11-18', to: '2026-11-18' } } },
    });
  });
});

describe('how it is typed', () => {
  const withoutCase = (plan: Plan): unknown => JSON.parse(JSON.stringify(plan).toLowerCase());
  const typings: ReadonlyArray<readonly [string, (text: string) => string]> = [
    ['in capitals', text => text.toUpperCase()],
    ['in small letters', text => text.toLowerCase()],
    ['with extra spaces', text => `  ${text.replaceAll(' ', ' \t  ')} \n`],
    ['with typographic apostrophes', text => text.replaceAll("'", '’')],
    ['with accents written as marks of their own', text => text.normalize('NFD')],
  ];

  it.each(typings)('%s it means the same', (_, retype) => {
    for (const { text, askedAt, context } of phrasings) {
      if (text === text.toLowerCase() && retype(text) === text) continue;
      const input = { askedAt, homes, words, ...(context ? { context } : {}) };
      const plan = withoutCase(understand({ ...input, text }));
      const retyped = withoutCase(understand({ ...input, text: retype(text) }));
      const same = (value: unknown): string => JSON.stringify(value).normalize('NFC').replaceAll('’', "'");
      expect(same(retyped)).toBe(same(plan));
    }
  });

  it('the order of homes in the list does not matter', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...homes], { minLength: homes.length }),
        fc.constantFrom(...phrasings),
        (shuffled, { text }) => {
          const ids = (plan: Plan): unknown => ({
            ...plan,
            homes: 'homes' in plan ? [...plan.homes].sort() : [],
            choices: 'choices' in plan ? [...plan.choices].sort() : [],
          });
          expect(ids(understand({ text, askedAt, homes: shuffled, words }))).toEqual(ids(read(text)));
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a qualifier no rule knows', () => {
  const complete: ReadonlySet<string> = new Set([
    'arrivals',
    'departures',
    'in_house',
    'turnovers',
    'free_homes',
    'overview',
    'readiness',
    'calls',
    'occupant',
    'stay_overs',
    'longest_stay',
    'bookings',
    'not_yet',
    'early_check_in',
    'stay_longer',
    'tasks',
    'unanswered',
  ]);
  const lists = phrasings.filter(({ plan, context }) => complete.has(plan.kind) && !context);
  const qualifiers = [
    'with a dog',
    'except Maria',
    'without children',
    'before noon',
    'after 15:00',
    'at 3pm',
    'from Airbnb',
    'by car',
    'who have not paid',
    'for the first time',
    'on the ground floor',
    'with a balcony',
    'that speak French',
    'alphabetically',
    'unless they cancelled',
    'under 100 euros',
    'for 4 people',
    'and why',
    'if it rains',
    'but not families',
    'twice',
    'with early check-in',
    'with late checkout',
    'mit Hund',
    'avec un chien',
    'con perro',
    'sem crianças',
  ];

  /** The words were used: as a filter, as the hour of "since Monday at 3pm", or as a part of a name, which any word may be. */
  const takesUp = (plan: Plan): boolean =>
    'only' in plan || 'name' in plan || 'with' in plan || (plan.kind === 'bookings' && plan.from !== undefined);

  /** As the hour of "can guests move in": another than without it. */
  const asksAnotherHour = (plan: Plan, without: Plan): boolean =>
    plan.kind === 'early_check_in' && !(without.kind === plan.kind && without.at === plan.at);

  it.each(qualifiers)(
    '“%s” either narrows a list or keeps a rule from answering, and never gets the whole list',
    qualifier => {
      const whole = lists.flatMap(({ text, askedAt }) => {
        const asked = `${text.replace(/[\s?]+$/u, '')} ${qualifier}`;
        const plan = understand({ text: asked, askedAt, homes, words });
        const answered = complete.has(plan.kind) && !takesUp(plan) && !asksAnotherHour(plan, read(text));
        return answered ? [`${asked} → ${plan.kind}`] : [];
      });
      expect(whole).toEqual([]);
    },
  );

  it('a word taken out of the world keeps a rule from answering', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...lists),
        fc.string({ unit: fc.constantFrom(...'bcdfghjkmnpqrvwxz'.split('')), minLength: 5, maxLength: 9 }),
        fc.nat(),
        ({ text, askedAt }, stranger, at) => {
          const parts = text.split(' ');
          parts.splice(at % (parts.length + 1), 0, stranger);
          const plan = understand({ text: parts.join(' '), askedAt, homes, words });
          // Any word may be a guest's name where one is expected: "did xyz call".
          const isName = 'with' in plan || 'name' in plan;
          expect(complete.has(plan.kind) && !isName, `${parts.join(' ')} → ${plan.kind}`).toBe(false);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('days', () => {
  const whenOf = (plan: Plan): When | undefined => ('when' in plan ? plan.when : undefined);
  const zones = [...new Set(homes.map(home => TimeZone.parse(home.timezone)))];

  it('are given for every date that is today at some home, first day first', () => {
    const withDays = phrasings.filter(({ plan }) => whenOf(plan) !== undefined);
    const instant = fc.date({
      min: new Date('2020-01-01T00:00:00Z'),
      max: new Date('2100-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(fc.constantFrom(...withDays), instant, ({ text, context }, at) => {
        const plan = understand({ text, askedAt: at.toISOString(), homes, words, ...(context ? { context } : {}) });
        const when = whenOf(plan);
        if (!when) return;
        const todays = new Set(zones.map(zone => wallClock(zone, at.getTime()).date));
        expect(new Set(Object.keys(when.byToday))).toEqual(todays);
        for (const { from, to } of Object.values(when.byToday)) expect(from <= to).toBe(true);
      }),
      { numRuns: 600 },
    );
  });

  it.each([
    [
      'the night Lisbon sets its clocks back',
      '2026-10-25T00:30:00Z',
      { '2026-10-24': '2026-10-25', '2026-10-25': '2026-10-26' },
    ],
    ['the hour after', '2026-10-25T01:30:00Z', { '2026-10-24': '2026-10-25', '2026-10-25': '2026-10-26' }],
    ['the night New York sets its clocks forward', '2027-03-14T06:59:00Z', { '2027-03-14': '2027-03-15' }],
    ['one minute before midnight in Lisbon', '2026-11-18T23:59:00Z', { '2026-11-18': '2026-11-19' }],
    [
      'midnight in Lisbon, evening in New York',
      '2026-11-19T00:00:00Z',
      { '2026-11-18': '2026-11-19', '2026-11-19': '2026-11-20' },
    ],
    [
      'New Year in Lisbon, the old one in New York',
      '2027-01-01T02:00:00Z',
      { '2026-12-31': '2027-01-01', '2027-01-01': '2027-01-02' },
    ],
  ])('tomorrow is each home’s own: %s', (_, at, tomorrows) => {
    const when = whenOf(understand({ text: 'arrivals tomorrow', askedAt: at, homes, words }));
    const found = Object.fromEntries(
      Object.entries(when?.byToday ?? {}).map(([today, { from }]) => [today, String(from)]),
    );
    expect(found).toEqual(tomorrows);
  });
});
