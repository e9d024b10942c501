import { describe, expect, test } from 'vitest';
import { arrivals, render, stay, today } from '../../test/support/render.ts';
import { record } from '../../test/support/world.ts';

const booking = (more: object = {}) =>
  stay('NEW', 'l-sea', '2026-11-21', '2026-11-25', {
    guest: 'Mia Larsen',
    arrival: '15:00',
    more: { guestId: 'g1', ...more },
  });
const message = (id: string, sentAt: string, text: string, more: object = {}) =>
  record('guest-message', id, { postId: id, reservationId: 'r-NEW', author: 'guest', sentAt, text, ...more });
const call = (more: object) =>
  record(
    'call',
    'c',
    {
      callId: 'c',
      direction: 'inbound',
      stage: 'ended',
      startedAt: '2026-11-20T14:05:00Z',
      guests: [{ id: 'g1', name: 'Mia Larsen' }],
      ...more,
    },
    'aircall',
  );
const lastDay = { words: '', byToday: { '2026-11-21': { from: '2026-11-25', to: '2026-11-25' } } };
const guest = (aspect: string) => ({ kind: 'guest', name: 'Larsen', aspect, homes: [] });
const noted = call({ comments: [{ id: '1', text: 'Guest will arrive at 12:00.', by: 'Otto' }] });

describe('what was said of another time', () => {
  test('stands under the recorded one, newest first, with who said it when', () => {
    const text = render(guest('arrival'), [
      booking({ notes: [{ topic: 'guest', text: 'ETA 17:00' }] }),
      message('m1', '2026-11-19T09:00:00Z', 'Hi! We arrive at 11:00. Door code 4711?'),
      noted,
    ]);
    expect(text.split('\n')).toEqual([
      '*Mia Larsen*: arrives Sat 21 Nov *15:00* planned · *Sea View* · confirmed · NEW',
      '   ↳ said otherwise: *12:00* · call Fri 20 Nov 14:05, Otto: “Guest will arrive at 12:00”',
      '   ↳ said otherwise: *11:00* · message Thu 19 Nov 09:00, Mia Larsen: “We arrive at 11:00”',
      '   ↳ said otherwise: *17:00* · booking note, by whom is not recorded: “ETA 17:00”',
    ]);
  });

  test('is left out where it says the same, or speaks of the other movement', () => {
    const text = render(guest('arrival'), [
      booking(),
      message('m1', '2026-11-19T09:00:00Z', 'We arrive at 3 pm'),
      message('m2', '2026-11-19T10:00:00Z', 'and check out at 12:00'),
      message('m3', '2026-11-19T11:00:00Z', 'Check-in is from 14:00', { author: 'system' }),
    ]);
    expect(text.split('\n')).toHaveLength(1);
    expect(
      render(guest('departure'), [booking(), message('m2', '2026-11-19T10:00:00Z', 'we check out at 12:00')]),
    ).toContain('*12:00* · message');
  });

  test('is of this booking: another guest’s call and a call of last year are not', () => {
    const other = call({ guests: [{ id: 'g2', name: 'Mia Larsen' }], summary: 'Arrives at 12:00' });
    const old = call({ startedAt: '2025-11-20T14:05:00Z', summary: 'Arrives at 12:00' });
    expect(render(guest('arrival'), [booking(), other])).not.toContain('otherwise');
    expect(render(guest('arrival'), [booking(), old])).not.toContain('otherwise');
    expect(render(guest('arrival'), [booking(), call({ summary: 'Arrives at 12:00' })])).toContain('the summary: “');
  });

  test('may have been said on the telephone some days before the booking was made, and no earlier', () => {
    const booked = (bookedAt: string) => booking({ bookedAt });
    const first = call({ summary: 'Guest wants to arrive at 12:00' });
    const second = {
      ...call({ callId: 'd', comments: [{ id: '2', text: 'Asked for a cot.' }] }),
      key: 'aircall:call:d',
    };
    const asked = (bookedAt: string) => render(guest('arrival'), [booked(bookedAt), first, second as typeof first]);
    expect(asked('2026-11-21T07:00:00Z')).toContain('said otherwise: *12:00* · call Fri 20 Nov 14:05');
    expect(asked('2026-11-29T07:00:00Z')).not.toContain('otherwise');
  });

  test('stands under the arrivals of one home or after an hour, and is too much for a list of all', () => {
    expect(render(arrivals({ homes: ['l-sea'] }), [booking(), noted])).toContain('*12:00* · call Fri 20 Nov 14:05');
    expect(render(arrivals({ only: { after: '14:00' } }), [booking(), noted])).toContain('*12:00* · call');
    expect(render(arrivals(), [booking(), noted])).not.toContain('otherwise');
  });

  test('stands under departures and under the question of an early arrival alike', () => {
    const leaving = (more: object) => ({ kind: 'departures', when: lastDay, homes: [], form: 'list', ...more });
    const late = message('m', '2026-11-19T10:00:00Z', 'we check out at 18:00');
    for (const more of [{ homes: ['l-sea'] }, { only: { after: '10:00' } }]) {
      expect(render(leaving(more), [booking(), late])).toContain(
        '   ↳ said otherwise: *18:00* · message Thu 19 Nov 10:00, Mia Larsen: “we check out at 18:00”',
      );
    }
    expect(render(leaving({}), [booking(), late])).not.toContain('otherwise');
    const asked = { kind: 'early_check_in', when: today, at: '12:00' };
    for (const who of [{ name: 'Larsen', homes: [] }, { homes: ['l-sea'] }]) {
      const text = render({ ...asked, ...who }, [booking(), noted]);
      expect(text).toContain('*15:00* planned');
      expect(text).toMatch(
        /\n {3}↳ said otherwise: \*12:00\* · call Fri 20 Nov 14:05, Otto: “Guest will arrive at 12:00”/u,
      );
      expect(render({ ...asked, ...who }, [booking(), noted], { scope: 'operations' })).not.toContain('otherwise');
    }
  });

  test('is not looked for under a list too long to weigh', () => {
    const many = Array.from({ length: 50 }, (_, at) => stay(`S${at}`, 'l-loft', '2026-11-21', '2026-11-25'));
    const late = arrivals({ only: { after: '14:00' } });
    expect(render(late, [booking(), noted, ...many.slice(1)])).toContain('otherwise');
    expect(render(late, [booking(), noted, ...many])).not.toContain('otherwise');
  });

  test('is shortened, counted beyond three, and never shown where messages and calls are not', () => {
    const many = [1, 2, 3, 4, 5].map(hour =>
      message(`m${hour}`, `2026-11-19T0${hour}:00:00Z`, `We arrive at 1${hour}:30 ${'x'.repeat(300)}`),
    );
    const text = render(guest('arrival'), [booking(), ...many]);
    expect(text).toContain('   ↳ and 2 earlier');
    expect(text).toContain('x…”');
    expect(render(guest('arrival'), [booking(), ...many], { scope: 'operations' })).not.toContain('otherwise');
    expect(render(arrivals({ homes: ['l-sea'] }), [booking(), noted], { scope: 'operations' })).not.toContain('12:00');
  });
});
