import { describe, expect, test } from 'vitest';
import { render, stay, today } from '../../test/support/render.ts';

const notYet = (movement: string, more: object = {}) => ({
  kind: 'not_yet',
  movement,
  when: today,
  homes: [],
  ...more,
});
const arriving = (code: string, status: string, more: object = {}) =>
  stay(code, 'l-sea', '2026-11-21', '2026-11-23', { status, ...more });
const leaving = (code: string, status: string) => stay(code, 'l-loft', '2026-11-18', '2026-11-21', { status });

describe('who has not arrived or left', () => {
  test('is decided by the stay status alone, and says so', () => {
    const text = render(notYet('arrived'), [
      arriving('A', 'confirmed', { arrival: '14:00' }),
      arriving('B', 'checked_in'),
      arriving('C', 'checked_out'),
      arriving('D', 'reserved'),
      leaving('OUT', 'confirmed'),
    ]);
    expect(text.split('\n')).toEqual([
      '*Not recorded as arrived today* (Sat 21 Nov): 2 of 4 arrivals',
      '• Sat 21 Nov *14:00* planned · *Sea View* · Guest A · 2 guests · status: confirmed · A',
      expect.stringContaining('*16:00* default · *Sea View* · Guest D · 2 guests · _not confirmed: reserved_'),
      'Recorded as arrived: Guest B (*Sea View*), Guest C (*Sea View*)',
      '_Decided by the stay status alone: it may have happened without anybody recording it._',
    ]);
  });

  test('a guest recorded as in has not been recorded as gone', () => {
    const text = render(notYet('left'), [leaving('A', 'checked_in'), leaving('B', 'checked_out')]);
    expect(text).toContain(': 1 of 2 departures\n');
    expect(text).toContain('Guest A · 2 guests · status: checked in');
    expect(text).toContain('Recorded as left: Guest B');
  });

  test('nobody left over and nobody expected are two answers', () => {
    expect(render(notYet('arrived'), [arriving('B', 'checked_in')])).toContain(': nobody; 1 arrival, all recorded');
    expect(render(notYet('arrived'), [])).toMatch(/: nobody was expected\n_Searched: bookings/u);
  });

  test('a move between homes is no arrival that a status could confirm', () => {
    const moving = stay('M', 'l-sea', '2026-11-19', '2026-11-21', {
      more: {
        stay: [
          { listingId: 'l-sea', checkInDate: '2026-11-19', checkOutDate: '2026-11-21' },
          { listingId: 'l-loft', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' },
        ],
      },
    });
    expect(render(notYet('arrived'), [moving])).toContain('nobody was expected');
    expect(render(notYet('left'), [moving])).toContain('nobody was expected');
  });
});
