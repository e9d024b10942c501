import { describe, expect, test } from 'vitest';
import { render, stay, today, weekend } from '../../test/support/render.ts';
import { listing } from '../../test/support/world.ts';

const plan = (change: string, more: object = {}) => ({
  kind: 'bookings',
  change,
  when: today,
  homes: [],
  form: 'list',
  ...more,
});
const at = (code: string, more: object, extra: object = {}) =>
  stay(code, 'l-sea', '2026-12-01', '2026-12-04', { more, ...extra });

describe('bookings', () => {
  test('made are by when they were made; who cancelled since is marked, an inquiry was never one', () => {
    const text = render(plan('made'), [
      at('NEW', { bookedAt: '2026-11-21T08:00:00Z' }),
      at('GONE', { bookedAt: '2026-11-21T07:00:00Z', changedAt: '2026-11-21T09:00:00Z' }, { status: 'canceled' }),
      at('ASK', { bookedAt: '2026-11-21T07:00:00Z' }, { status: 'inquiry' }),
      at('OLD', { bookedAt: '2026-11-20T23:59:00Z' }),
    ]);
    expect(text.split('\n')).toEqual([
      '*Bookings made today* (Sat 21 Nov): 2 bookings, 1 of them cancelled since',
      expect.stringContaining('Sat 21 Nov 07:00 · Guest GONE'),
      '• Sat 21 Nov 08:00 · Guest NEW · *Sea View* Tue 1 Dec to Fri 4 Dec · 3 nights · 2 guests · NEW',
    ]);
  });

  test('that say nothing of when they were made are named instead of dropped', () => {
    const undated = { ...at('WHEN', {}), receivedAt: '2026-11-21T08:00:00Z' };
    expect(render(plan('made'), [undated])).toBe(
      '*Bookings made today* (Sat 21 Nov): not recorded\n' +
        '_1 booking does not say when it was made; its news came in that time: WHEN_',
    );
  });

  test('of an import are counted before the first of them are named', () => {
    const imported = Array.from({ length: 94 }, (_, id) => ({
      ...at(`C${String(id).padStart(2, '0')}`, {}),
      receivedAt: '2026-11-21T08:00:00Z',
    }));
    expect(render(plan('made'), imported)).toMatch(
      /\n_94 bookings do not say when they were made; their news came in that time: C00(?:, C0[1-7]){7} and 86 more_$/u,
    );
  });

  test('changed are those that were not new, nor cancelled', () => {
    const changedAt = '2026-11-21T08:00:00Z';
    const text = render(plan('changed'), [
      at('MOVED', { changedAt, bookedAt: '2026-11-01T08:00:00Z' }),
      at('NEW', { changedAt, bookedAt: '2026-11-21T08:00:00Z' }),
      at('GONE', { changedAt }, { status: 'canceled' }),
      at('STILL', { changedAt: '2026-11-20T08:00:00Z' }),
    ]);
    expect(text).toContain(': 1 booking\n');
    expect(text).toContain('Guest MOVED');
    expect(render(plan('cancelled'), [at('GONE', { changedAt }, { status: 'canceled' })])).toMatch(
      /^\*Bookings cancelled today\* .*: 1 booking\n.*Guest GONE.*_cancelled_/u,
    );
  });

  test('since an instant count from then, without a day', () => {
    const text = render(plan('made', { when: undefined, from: '2026-11-21T08:00:00Z' }), [
      at('A', { bookedAt: '2026-11-21T07:59:59Z' }),
      at('B', { bookedAt: '2026-11-21T08:00:00Z' }),
    ]);
    expect(text).toContain('*Bookings made* (since Sat 21 Nov 08:00): 1 booking');
    expect(text).not.toContain('Guest A');
  });

  test('fall on the day of their home’s clock', () => {
    const homes = [listing('l-sea', 'Sea View', 'America/New_York')];
    const text = render(plan('made'), [at('A', { bookedAt: '2026-11-21T04:30:00Z' })], { homes });
    expect(text).toContain(': none\n_Searched: all bookings of every home._');
  });

  test('are summed up in guests and nights', () => {
    const records = [
      at('A', { bookedAt: '2026-11-21T08:00:00Z' }),
      at('B', { bookedAt: '2026-11-21T08:00:00Z', guestsCount: undefined }),
    ];
    expect(render(plan('made', { form: 'people' }), records)).toContain(
      '2 guests in 2 bookings; 1 of them does not say how many',
    );
    expect(render(plan('made', { form: 'nights' }), records)).toContain('6 nights in 2 bookings');
  });
});

describe('the longest stay', () => {
  const longest = (more: object = {}) => ({ kind: 'longest_stay', when: weekend, homes: [], ...more });
  const moving = stay('M', 'l-sea', '2026-11-19', '2026-11-21', {
    more: {
      stay: [
        { listingId: 'l-sea', checkInDate: '2026-11-15', checkOutDate: '2026-11-21' },
        { listingId: 'l-loft', checkInDate: '2026-11-21', checkOutDate: '2026-11-25' },
      ],
    },
  });
  const records = [
    moving,
    stay('A', 'l-sea', '2026-11-21', '2026-11-28'),
    stay('B', 'l-garden', '2026-11-16', '2026-11-23'),
    stay('PAST', 'l-garden', '2026-10-01', '2026-11-16'),
  ];

  test('counts a guest who changes homes once, over both', () => {
    const text = render(longest(), records);
    expect(text).toContain('*Longest stay this weekend* (Sat 21 Nov – Sun 22 Nov): 10 nights (of 3 bookings)\n');
    expect(text).toContain('Guest M · *Sea View* Sun 15 Nov to Sat 21 Nov, then *Loft 3* Sat 21 Nov to Wed 25 Nov');
    expect(text.split('\n')).toHaveLength(2);
  });

  test('of some homes counts the nights there, and names all that tie', () => {
    const text = render(longest({ homes: ['l-sea', 'l-garden'] }), records);
    expect(text).toContain('7 nights each (2 of 2 bookings)');
    expect(text.split('\n')).toHaveLength(3);
    expect(render(longest({ homes: ['l-loft'] }), [])).toMatch(/: nobody\n_Searched/u);
  });
});
