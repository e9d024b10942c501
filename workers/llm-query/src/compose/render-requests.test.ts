import { describe, expect, test } from 'vitest';
import { lisbon, render, stay, today } from '../../test/support/render.ts';
import { record } from '../../test/support/world.ts';

const task = (id: string, title: string, status: string, startsAt: string, listingId = 'l-sea') =>
  record('task', id, { taskId: id, title, status, listingId, startsAt });
const early = (at: string, more: object = {}) => ({
  kind: 'early_check_in',
  when: today,
  homes: ['l-sea'],
  at,
  ...more,
});
const IN = stay('IN', 'l-sea', '2026-11-21', '2026-11-25', { guest: 'Mia Larsen' });
const out = (more: object) => stay('OUT', 'l-sea', '2026-11-18', '2026-11-21', more);
const cleaned = task('t1', 'Cleaning', 'completed', '2026-11-21T10:00:00Z');

describe('coming in earlier', () => {
  test('is no while the guest before leaves at that hour or later', () => {
    const text = render(early('12:00'), [IN, out({ departure: '14:00' }), cleaned]);
    expect(text).toContain('*Mia Larsen*, *Sea View* · *no*: the previous guest leaves at *14:00* planned');
    expect(text).toContain('previous guest out Sat 21 Nov *14:00* planned');
  });

  test('is not ready while work is open, with when it is due on the home’s clock', () => {
    const open = task('t2', 'Clean Sea View', 'pending', '2026-11-21T13:00:00Z');
    expect(render(early('12:00'), [IN, out({ status: 'checked_out' }), open])).toContain(
      '*not ready*: Clean Sea View: pending, due Sat 21 Nov *13:00*',
    );
  });

  test('is ready only where the status says they are gone and a task says it is clean', () => {
    expect(render(early('12:00'), [IN, out({ status: 'checked_out' }), cleaned])).toContain('*ready*');
    expect(render(early('12:00'), [IN, out({}), cleaned])).toContain(
      '*not recorded* whether the home is ready by then: check-out of the previous guest ·',
    );
    expect(render(early('12:00'), [IN, out({ status: 'checked_out' })])).toMatch(/ready by then: cleaning ·/u);
    expect(render(early('12:00'), [IN, out({ status: 'checked_in' }), cleaned])).toContain(
      '*not ready*: the previous guest is checked in, not checked out',
    );
  });

  test('is yes at or after the planned hour', () => {
    const planned = stay('IN', 'l-sea', '2026-11-21', '2026-11-25', { arrival: '11:30' });
    expect(render(early('12:00'), [planned])).toContain('*yes*: that is after the planned time');
    expect(render(early('16:00'), [IN])).toContain('*yes*: that is the default time');
  });

  test('names a block in the night before, whose end nobody recorded', () => {
    const block = record('calendar-block', 'b', {
      listingId: 'l-sea',
      from: '2026-11-20',
      to: '2026-11-20',
      reason: 'owner',
    });
    const text = render(early('12:00'), [IN, cleaned, block]);
    expect(text).toContain('it is blocked the night before');
    expect(text).toContain('owner stay until Fri 20 Nov');
  });

  test('by name finds the arrival, on another day too, and asks back about two of a name in one line', () => {
    const later = stay('NEW', 'l-loft', '2026-11-24', '2026-11-26', { guest: 'Ana Meyer' });
    expect(render(early('12:00', { name: 'Ana', homes: [] }), [later])).toContain('arrival Tue 24 Nov');
    const other = stay('RUI', 'l-garden', '2026-11-24', '2026-11-26', { guest: 'Ana Ruiz' });
    expect(render(early('12:00', { name: 'Ana', homes: [] }), [later, other])).toMatch(
      /^Which “Ana”\? .*NEW\) or .*RUI\)\?$/u,
    );
    const arriving = stay('RUI', 'l-garden', '2026-11-21', '2026-11-26', { guest: 'Ana Ruiz' });
    expect(render(early('12:00', { name: 'Ana', homes: [] }), [later, arriving])).toContain('*Ana Ruiz*');
  });

  test('by home falls back on who comes next, and says so when nobody does', () => {
    const next = stay('NEXT', 'l-sea', '2026-11-23', '2026-11-25');
    expect(render(early('12:00'), [next])).toContain('arrival Mon 23 Nov');
    expect(render(early('12:00'), [])).toMatch(/nobody is arriving then or next\n_Searched: bookings/u);
  });
});

describe('staying longer', () => {
  const longer = (nights: number, more: object = {}) => ({
    kind: 'stay_longer',
    when: today,
    homes: ['l-sea'],
    nights,
    ...more,
  });
  const now = stay('NOW', 'l-sea', '2026-11-19', '2026-11-23', { guest: 'Mia Larsen' });

  test('is free where nobody has the home in those nights', () => {
    expect(render(longer(2), [now])).toContain('*free* the nights of Mon 23 Nov – Tue 24 Nov · leaves Mon 23 Nov');
  });

  test('says who has it, and how many nights are left before', () => {
    const next = stay('NEXT', 'l-sea', '2026-11-24', '2026-11-26');
    const text = render(longer(3), [now, next]);
    expect(text).toContain('*not free* the nights of Mon 23 Nov – Wed 25 Nov · only the first 1 night free');
    expect(text).toContain('Guest NEXT, Tue 24 Nov to Thu 26 Nov, NEXT');
  });

  test('an unconfirmed booking and a block are told apart', () => {
    const held = stay('HELD', 'l-sea', '2026-11-23', '2026-11-26', { status: 'reserved' });
    expect(render(longer(1), [now, held])).toContain('*not free unless this falls through*');
    const block = record('calendar-block', 'b', {
      listingId: 'l-sea',
      from: '2026-11-23',
      to: '2026-11-23',
      reason: 'maintenance',
    });
    expect(render(longer(1), [now, block])).toContain('*not free* the night of Mon 23 Nov · maintenance');
  });

  test('of a guest who moves on means the last home', () => {
    const moving = stay('M', 'l-sea', '2026-11-19', '2026-11-21', {
      guest: 'Mia Larsen',
      more: {
        stay: [
          { listingId: 'l-sea', checkInDate: '2026-11-19', checkOutDate: '2026-11-21' },
          { listingId: 'l-loft', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' },
        ],
      },
    });
    expect(render(longer(1, { name: 'Larsen', homes: [] }), [moving])).toContain(
      '*Loft 3* · *free* the night of Tue 24 Nov',
    );
  });

  test('a cancelled booking of the name is not taken for a stay', () => {
    const gone = stay('GONE', 'l-sea', '2026-11-19', '2026-11-23', { guest: 'Mia Larsen', status: 'canceled' });
    expect(render(longer(1, { name: 'Larsen', homes: [] }), [gone])).toContain('cancelled');
  });

  test('shows first names where surnames are not shown', () => {
    const next = stay('NEXT', 'l-sea', '2026-11-23', '2026-11-26', { guest: 'Otto Falk' });
    const text = render(longer(1), [now, next], { scope: 'operations' });
    expect(text).toContain('*Mia*');
    expect(text).not.toMatch(/Larsen|Falk/u);
  });
});

test('readiness goes by the day at the home, not by the day in UTC', () => {
  const arrival = stay('IN', 'l-sea', '2026-11-21', '2026-11-25');
  const lastNight = task('t', 'Cleaning', 'pending', '2026-11-22T01:30:00Z');
  const inNewYork = [
    record('listing', 'l-sea', { listingId: 'l-sea', nickname: 'Sea View', timezone: 'America/New_York' }),
  ];
  const plan = { kind: 'readiness', when: today, homes: [] };
  expect(render(plan, [arrival, lastNight], { homes: inNewYork })).toContain('due Sat 21 Nov *20:30*');
  const inLisbon = [record('listing', 'l-sea', { listingId: 'l-sea', nickname: 'Sea View', timezone: lisbon })];
  expect(render(plan, [arrival, lastNight], { homes: inLisbon })).toContain('*not recorded*: cleaning ·');
});
