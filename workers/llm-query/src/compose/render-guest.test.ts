import { describe, expect, test } from 'vitest';
import { render, stay } from '../../test/support/render.ts';

describe('a guest', () => {
  const guest = (name: string, aspect = 'arrival', homes: string[] = []) => ({ kind: 'guest', name, aspect, homes });
  const records = [
    stay('OLD', 'l-sea', '2026-10-01', '2026-10-03', { guest: 'Mia Larsen' }),
    stay('NEW', 'l-sea', '2026-11-25', '2026-11-28', { guest: 'Mia Larsen', arrival: '18:00' }),
    stay('MEY', 'l-loft', '2026-11-22', '2026-11-24', { guest: 'Ana Meyer' }),
    stay('RUI', 'l-garden', '2026-11-23', '2026-11-24', { guest: 'Ana Ruiz' }),
    stay('GONE', 'l-garden', '2026-11-23', '2026-11-24', { guest: 'Otto Falk', status: 'canceled' }),
  ];

  test('is found by part of the name, with a slip, and by the stay that matters now', () => {
    const line = '*Mia Larsen*: arrives Wed 25 Nov *18:00* planned · *Sea View* · confirmed · NEW';
    expect(render(guest('larsen'), records)).toBe(line);
    expect(render(guest('Mia Larsne'), records)).toBe(line);
    expect(render(guest("Mia Larsen's"), records)).toBe(line);
  });

  test('two of one name are asked back about in one line with both', () => {
    const text = render(guest('Ana'), records);
    expect(text.split('\n')).toHaveLength(1);
    expect(text).toMatch(/^Which “Ana”\? .*Ana Meyer .*Loft 3.* or Ana Ruiz .*Garden Studio/u);
  });

  test('two people of the very same name are not taken for one', () => {
    const namesakes = [
      stay('S1', 'l-sea', '2026-11-25', '2026-11-28', { guest: 'John Smith', more: { guestId: 'g1' } }),
      stay('S2', 'l-loft', '2026-12-25', '2026-12-28', { guest: 'John Smith', more: { guestId: 'g2' } }),
    ];
    expect(render(guest('john smith'), namesakes)).toMatch(/S1.* or .*S2/u);
  });

  test('that is not there is nobody, and one who cancelled is said to have', () => {
    expect(render(guest('Zoltan'), records)).toContain('nobody called “Zoltan”');
    expect(render(guest('Otto Falk'), records)).toMatch(/nobody called “Otto Falk” is staying.*\n.*_cancelled_/u);
  });

  test.each([
    ['departure', 'leaves Sat 28 Nov *11:00* default'],
    ['nights', 'Wed 25 Nov to Sat 28 Nov, 3 nights'],
    ['party', '2 guests · *Sea View*'],
    ['home', '*Sea View* · Wed 25 Nov'],
    ['status', 'confirmed · *Sea View*'],
    ['booking', '*Sea View* · Wed 25 Nov to Sat 28 Nov, 3 nights · 2 guests · confirmed'],
  ])('asked about %s', (aspect, expected) => {
    expect(render(guest('Larsen', aspect), records)).toContain(expected);
  });
});
