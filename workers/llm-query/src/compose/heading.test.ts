import { describe, expect, test } from 'vitest';
import { arrivals, render, stay, today } from '../../test/support/render.ts';
import { listing, record } from '../../test/support/world.ts';

/** Sunday 22 November, 02:52 in Lisbon: in New York it is still Saturday. */
const askedAt = '2026-11-22T02:52:00Z';
const homes = [
  listing('l-sea', 'Sea View', 'Europe/Lisbon', { city: 'Lisbon' }),
  listing('l-blue', 'Blue Door', 'Europe/Lisbon', { city: 'Lisbon' }),
  listing('l-gone', 'Old Mill', 'Europe/Lisbon', { city: 'Lisbon', active: false }),
  listing('l-porto', 'Casa Verde', 'Europe/Lisbon', { city: 'Porto' }),
  listing('l-hudson', 'Hudson Loft', 'America/New_York', { city: 'New York' }),
];
const night = {
  words: 'tonight',
  byToday: {
    '2026-11-21': { from: '2026-11-21', to: '2026-11-21' },
    '2026-11-22': { from: '2026-11-22', to: '2026-11-22' },
  },
};
const saturday = {
  words: 'Saturday',
  byToday: {
    '2026-11-21': { from: '2026-11-21', to: '2026-11-21' },
    '2026-11-22': { from: '2026-11-28', to: '2026-11-28' },
  },
};
const firstLine = (plan: object, records: Parameters<typeof render>[1] = []): string | undefined =>
  render(plan, records, { homes, askedAt }).split('\n')[0];

describe('the days of a heading', () => {
  test('are those of the homes named', () => {
    const on = (named: string[]) => firstLine(arrivals({ when: saturday, homes: named }));
    expect(on(['l-hudson'])).toBe('*Checking in* (Sat 21 Nov, Hudson Loft): nobody');
    expect(on(['l-sea'])).toBe('*Checking in* (Sat 28 Nov, Sea View): nobody');
  });

  test('are told place by place where they differ, and once where they do not', () => {
    expect(firstLine(arrivals({ when: saturday }))).toBe(
      '*Checking in* (Sat 21 Nov in New York, Sat 28 Nov in Lisbon): nobody',
    );
    const dated = {
      words: '28 November',
      byToday: Object.fromEntries(
        ['2026-11-21', '2026-11-22'].map(day => [day, { from: '2026-11-28', to: '2026-11-28' }]),
      ),
    };
    expect(firstLine(arrivals({ when: dated }))).toBe('*Checking in* (Sat 28 Nov): nobody');
  });

  test('of calls are those of the lines, on whose clock calls are counted', () => {
    const call = (id: string, startedAt: string, timezone: string) =>
      record(
        'call',
        id,
        {
          callId: id,
          direction: 'inbound',
          stage: 'ended',
          startedAt,
          missedReason: 'no_available_agent',
          line: { timezone },
        },
        'aircall',
      );
    const missed = { kind: 'calls', when: night, filter: 'missed', form: 'list' };
    const yesterday = call('1', '2026-11-21T20:00:00Z', 'Europe/Lisbon');
    expect(firstLine(missed)).toBe('*Missed calls tonight* (Sun 22 Nov): none');
    expect(firstLine(missed, [yesterday])).toBe('*Missed calls tonight* (Sun 22 Nov): none');
    expect(firstLine(missed, [yesterday, call('2', '2026-11-21T20:00:00Z', 'America/New_York')])).toBe(
      '*Missed calls tonight* (Sat 21 Nov in New York, Sun 22 Nov in Lisbon): 1 call',
    );
  });
});

describe('the homes of a heading', () => {
  const free = (named: string[]) => ({ kind: 'free_homes', when: night, homes: named, form: 'list' });
  const taken = stay('A', 'l-sea', '2026-11-20', '2026-11-25');

  test('are the town, where every home let there is named; its plain stays are not told', () => {
    expect(render(free(['l-sea', 'l-blue']), [taken], { homes, askedAt })).toBe(
      '*Free tonight* (Sun 22 Nov, Lisbon): 1 of 2 homes\n• *Blue Door* · free the night of Sun 22 Nov',
    );
    expect(render(arrivals({ homes: ['l-blue', 'l-sea', 'l-gone'], when: night }), [], { homes, askedAt })).toContain(
      '_Searched: bookings of every home in Lisbon, ',
    );
  });

  test('are their names, where one of the town or one of another is missing or besides', () => {
    expect(firstLine(free(['l-porto']))).toContain('(Sun 22 Nov, Casa Verde)');
    expect(firstLine(free(['l-sea', 'l-blue', 'l-porto']))).toContain('Sea View, Blue Door, Casa Verde)');
    const more = [...homes, listing('l-new', 'New Door', 'Europe/Lisbon', { city: 'Lisbon' })];
    expect(render(free(['l-sea', 'l-blue']), [taken], { homes: more, askedAt })).toContain(
      '• *Sea View* · not free · ',
    );
  });

  test('nothing is said of days that were not meant anywhere', () => {
    expect(firstLine(arrivals({ when: { ...today, byToday: {} } }))).toBe('*Checking in today*: nobody');
  });
});
