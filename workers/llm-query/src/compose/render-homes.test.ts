import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { describe, expect, test } from 'vitest';
import { render, stay, today } from '../../test/support/render.ts';
import { record } from '../../test/support/world.ts';

describe('nights and free homes', () => {
  const records = [
    stay('A', 'l-garden', '2026-11-20', '2026-11-21'),
    stay('B', 'l-sea', '2026-11-21', '2026-11-22', { status: 'reserved' }),
    record('calendar-block', 'b1', {
      listingId: 'l-loft',
      from: '2026-11-20',
      to: '2026-11-21',
      reason: 'maintenance',
    }),
  ];
  const free = (more: object = {}) => ({ kind: 'free_homes', when: today, homes: [], form: 'list', ...more });

  test('who leaves today does not sleep there tonight', () => {
    const text = render({ kind: 'in_house', when: today, homes: [], form: 'list' }, records);
    expect(text).not.toContain('Guest A');
    expect(text).toContain('Guest B');
  });

  test('blocks make a home not free, and so does a booking that is not confirmed; both are said', () => {
    const text = render(free(), records);
    expect(text).toContain('*Free today* (Sat 21 Nov): 1 of 3 homes');
    expect(text).toContain('• *Garden Studio* · free the night of Sat 21 Nov');
    expect(text).toContain('*Loft 3* · not free · maintenance, Fri 20 Nov – Sat 21 Nov');
    expect(text).toContain('*Sea View* · not free unless this falls through · Guest B');
  });

  test('a count says how full the house is', () => {
    const taken = stay('C', 'l-garden', '2026-11-20', '2026-11-24');
    expect(render(free({ form: 'count' }), [...records, taken])).toBe(
      '*Free today* (Sat 21 Nov): 0 of 3 homes, 1 taken, 1 not confirmed, 1 blocked\n' +
        '_Searched: bookings and calendar blocks of every home._',
    );
    expect(render(free({ form: 'count' }), [taken])).toBe('*Free today* (Sat 21 Nov): 2 of 3 homes, 1 taken');
  });

  test('blocked days in a row with one reason are one block to people', () => {
    const day = (id: string, date: string, reason: string) =>
      record('calendar-block', id, { listingId: 'l-loft', from: date, to: date, reason });
    const week = { words: 'this week', byToday: { '2026-11-21': { from: '2026-11-21', to: '2026-11-27' } } };
    const text = render(free({ when: week, homes: ['l-loft'] }), [
      day('c', '2026-11-23', 'owner'),
      day('a', '2026-11-21', 'owner'),
      day('b', '2026-11-22', 'owner'),
      day('d', '2026-11-24', 'maintenance'),
      day('e', '2026-11-26', 'maintenance'),
    ]);
    expect(text).toContain('owner stay, Sat 21 Nov – Mon 23 Nov · maintenance, Tue 24 Nov · maintenance, Thu 26 Nov');
  });

  test('a block’s last night is blocked and the next one is not', () => {
    const on = (day: string) => ({ words: day, byToday: { '2026-11-21': { from: day, to: day } } });
    expect(render(free({ when: on('2026-11-21'), homes: ['l-loft'] }), records)).toContain(': no\n');
    expect(render(free({ when: on('2026-11-22'), homes: ['l-loft'] }), records)).toContain(': yes\n');
  });

  test('free means free in every night that is meant', () => {
    const week = { words: 'next week', byToday: { '2026-11-21': { from: '2026-11-23', to: '2026-11-29' } } };
    const text = render(free({ when: week, homes: ['l-garden'] }), [stay('A', 'l-garden', '2026-11-28', '2026-11-30')]);
    expect(text).toContain(': no\n');
    expect(text).toContain('Guest A, Sat 28 Nov to Mon 30 Nov');
  });

  test('none free is said plainly', () => {
    expect(render(free({ homes: ['l-sea', 'l-loft'] }), records)).toContain(': none\n');
  });
});

describe('turnovers and readiness', () => {
  const records = [
    stay('OUT', 'l-sea', '2026-11-18', '2026-11-21', { status: 'checked_out', departure: '10:00' }),
    stay('IN', 'l-sea', '2026-11-21', '2026-11-25'),
    stay('ELSE', 'l-loft', '2026-11-21', '2026-11-25'),
  ];

  test('a turnover needs a departure and an arrival in the same home', () => {
    const text = render({ kind: 'turnovers', when: today, homes: [], form: 'list' }, records);
    expect(text).toContain(': 1 turnover\n');
    expect(text).toContain('*Sea View* · Sat 21 Nov · out *10:00* planned Guest OUT · in *16:00* default Guest IN');
  });

  test('readiness says what is recorded, and that nothing is where nothing is', () => {
    const task = record('task', 't1', {
      taskId: 't1',
      title: 'Cleaning',
      status: 'completed',
      listingId: 'l-sea',
      startsAt: '2026-11-21T11:00:00Z',
    });
    const text = render({ kind: 'readiness', when: today, homes: [] }, [...records, task]);
    expect(text).toContain('previous guest out Sat 21 Nov *10:00* planned, checked out · Cleaning: completed');
    expect(text).toContain('*Loft 3* · *not recorded*: cleaning · arrival Sat 21 Nov *16:00* default · Guest ELSE');
    expect(text).toContain(': 2 arrivals, 1 ready, 1 not recorded\n');
  });

  test('a home is ready after a day whose end nobody recorded, and not while its guest is called checked in', () => {
    const gone = (status: string) => stay('OUT', 'l-sea', '2026-11-17', '2026-11-20', { status });
    const cleaned = (id: string, startsAt: string, status: string) =>
      record('task', id, { taskId: id, title: 'Cleaning', status, listingId: 'l-sea', startsAt });
    const plan = { kind: 'readiness', when: today, homes: ['l-sea'] };
    const done = cleaned('t1', '2026-11-20T13:00:00Z', 'completed');
    const ready = (...besides: BusinessRecord[]) =>
      render(plan, [stay('IN', 'l-sea', '2026-11-21', '2026-11-25'), done, ...besides]);
    expect(ready(gone('confirmed'))).toMatch(
      /· \*ready\* · .* out Fri 20 Nov \*11:00\* default, check-out not recorded ·/u,
    );
    expect(ready(gone('checked_out'))).toMatch(/· \*ready\* · .* default, checked out ·/u);
    expect(ready(gone('checked_in'))).toContain('*not ready*: the previous guest is checked in, not checked out ·');
    expect(ready(gone('checked_out'), cleaned('t2', '2026-11-22T13:00:00Z', 'pending'))).toContain('*ready*');
    expect(ready(gone('checked_in'), cleaned('t2', '2026-11-21T13:00:00Z', 'pending'))).toContain(
      'not checked out; Cleaning: pending, due Sat 21 Nov *13:00* ·',
    );
  });
});

describe('occupants', () => {
  const records = [
    stay('PREV', 'l-sea', '2026-11-10', '2026-11-12'),
    stay('NOW', 'l-sea', '2026-11-19', '2026-11-23'),
    stay('NEXT', 'l-sea', '2026-11-24', '2026-11-26'),
    stay('LATER', 'l-sea', '2026-11-27', '2026-11-28'),
  ];
  test.each([
    ['current', 'now: Guest NOW'],
    ['next', 'next: Guest NEXT'],
    ['previous', 'last: Guest PREV'],
  ])('%s', (which, expected) => {
    const text = render({ kind: 'occupant', which, homes: ['l-sea'] }, records);
    expect(text).toContain(`*Sea View*, ${expected}`);
    expect(text.split('\n')).toHaveLength(1);
    const days = { current: '', next: ' up to a year ahead', previous: ' up to a year back' }[which];
    expect(render({ kind: 'occupant', which, homes: ['l-loft'] }, records)).toContain(
      `: nobody\n_Searched: bookings of *Loft 3*${days}, confirmed or not;`,
    );
  });

  test('on a day of change are both who leaves and who comes', () => {
    const text = render({ kind: 'occupant', which: 'current', homes: ['l-sea'] }, [
      stay('OUT', 'l-sea', '2026-11-19', '2026-11-21'),
      stay('IN', 'l-sea', '2026-11-21', '2026-11-23'),
    ]);
    expect(text.split('\n')).toEqual([
      expect.stringMatching(/^\*Sea View\*, today: Guest OUT .* out Sat 21 Nov \*11:00\* default/u),
      expect.stringMatching(/^\*Sea View\*, today: Guest IN .* in Sat 21 Nov \*16:00\* default/u),
    ]);
  });
});
