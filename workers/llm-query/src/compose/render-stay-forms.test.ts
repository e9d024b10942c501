import { describe, expect, test } from 'vitest';
import { arrivals, render, stay, today, weekend } from '../../test/support/render.ts';

const party = (code: string, guestsCount: number | undefined, more: object = {}) =>
  stay(code, 'l-sea', '2026-11-21', '2026-11-24', { more: { guestsCount, ...more } });

describe('sums', () => {
  const records = [party('A', 2), party('B', 3), party('C', undefined)];

  test('of guests leave out whom nobody counted, and say so, with the stays they come from', () => {
    const text = render(arrivals({ form: 'people' }), records);
    expect(text).toContain(': 5 guests in 3 bookings; 1 of them does not say how many\n');
    expect(text.split('\n')).toHaveLength(4);
  });

  test('of nights tell those on the days from those of the whole stays', () => {
    expect(render(arrivals({ form: 'nights' }), records)).toContain(': 9 nights in 3 bookings\n');
    const inHouse = { kind: 'in_house', when: weekend, homes: [], form: 'nights' };
    expect(render(inHouse, records)).toContain(': 6 nights on these days; 9 nights in 3 bookings in all\n');
  });

  test('count a guest who changes homes once', () => {
    const moving = stay('M', 'l-sea', '2026-11-20', '2026-11-22', {
      more: {
        stay: [
          { listingId: 'l-sea', checkInDate: '2026-11-20', checkOutDate: '2026-11-22' },
          { listingId: 'l-loft', checkInDate: '2026-11-22', checkOutDate: '2026-11-24' },
        ],
      },
    });
    const inHouse = { kind: 'in_house', when: weekend, homes: [] };
    expect(render({ ...inHouse, form: 'people' }, [moving])).toContain(': 2 guests in 1 booking\n');
    expect(render({ ...inHouse, form: 'list' }, [moving])).toContain(': 1 booking, 2 guests\n');
  });
});

describe('narrowed lists', () => {
  const records = [
    stay('LATE', 'l-sea', '2026-11-21', '2026-11-24', { arrival: '21:30', more: { children: 2, guestsCount: 4 } }),
    stay('EIGHT', 'l-loft', '2026-11-21', '2026-11-24', { arrival: '20:00', more: { children: 0, guestsCount: 5 } }),
    stay('USUAL', 'l-garden', '2026-11-21', '2026-11-24', { more: { guestsCount: undefined } }),
  ];

  test('by an hour go by the planned time, else by the home’s default', () => {
    const text = render(arrivals({ only: { after: '20:00' } }), records);
    expect(text).toContain('*Checking in today* (Sat 21 Nov, after 20:00): 1 arrival\n');
    expect(text).toContain('Guest LATE');
    expect(render(arrivals({ only: { before: '20:00' } }), records)).toMatch(
      /: 1 arrival\n.*\*16:00\* default.*USUAL/u,
    );
  });

  test('say of whom nothing is recorded, instead of guessing or hiding them', () => {
    const text = render(arrivals({ only: { with: 'children' } }), records);
    expect(text).toContain('(Sat 21 Nov, with children): 1 arrival\n');
    expect(text).toContain('_Not among them, because nothing is recorded of it: Guest USUAL (Garden Studio, USUAL)_');
    expect(text).not.toContain('EIGHT');
    expect(render(arrivals({ only: { partyMin: 5 } }), records)).toMatch(/5 or more guests\): 1 arrival\n.*EIGHT/u);
  });

  test('by children go by what people noted too, and quote it where messages may be seen', () => {
    const noted = (code: string, text: string, more: object = {}) =>
      stay(code, 'l-sea', '2026-11-21', '2026-11-24', { more: { notes: [{ topic: 'guest', text }], ...more } });
    const bookings = [
      noted('COT', 'A cot for the baby, please.', { children: 0 }),
      noted('HOCH', 'Bitte einen Hochstuhl'),
      noted('COUNT', 'A cot, please', { children: 1 }),
      noted('KIND', 'It would be so kind'),
      noted('NOCOT', 'No cot needed'),
      noted('ADULTS', 'Adults only, no kids'),
    ];
    const text = render(arrivals({ only: { with: 'children' } }), bookings);
    expect(text).toContain('with children): 3 arrivals\n');
    expect(text).toMatch(/Guest COT · 2 guests · noted: “A cot for the baby, please.” · COT\n/u);
    expect(text).toMatch(/Guest COUNT · 2 guests \(1 child\) · COUNT\n/u);
    expect(text).toMatch(
      /nothing is recorded of it: Guest KIND \(Sea View, KIND\); Guest NOCOT \(Sea View, NOCOT\)_$/u,
    );
    const elsewhere = render(arrivals({ only: { with: 'children' } }), bookings, { scope: 'operations' });
    expect(elsewhere).toContain('with children): 3 arrivals\n');
    expect(elsewhere).not.toContain('baby');
  });

  test('by animals go by what people noted', () => {
    const noted = (code: string, text: string) =>
      stay(code, 'l-sea', '2026-11-21', '2026-11-24', { more: { notes: [{ topic: 'guest', text }] } });
    const text = render(arrivals({ only: { with: 'pets' } }), [
      noted('DOG', 'Brings a small dog'),
      noted('HUND', 'Sie haben einen Hund'),
      noted('NONE', 'No pets'),
      noted('QUIET', 'Late arrival'),
    ]);
    expect(text).toContain(': 2 arrivals\n');
    expect(text).toMatch(/nothing is recorded of it: Guest QUIET/u);
    expect(text).not.toContain('NONE');
  });
});

describe('stay-overs', () => {
  const over = { kind: 'stay_overs', when: today, homes: [], form: 'list' };

  test('neither come nor go on the day; an extension is no going, a change of homes is', () => {
    const segments = (home: string) => ({
      more: {
        stay: [
          { listingId: 'l-sea', checkInDate: '2026-11-19', checkOutDate: '2026-11-21' },
          { listingId: home, checkInDate: '2026-11-21', checkOutDate: '2026-11-24' },
        ],
      },
    });
    const text = render(over, [
      stay('OVER', 'l-garden', '2026-11-20', '2026-11-22'),
      stay('IN', 'l-garden', '2026-11-21', '2026-11-22'),
      stay('OUT', 'l-garden', '2026-11-20', '2026-11-21'),
      stay('EXT', 'l-sea', '2026-11-19', '2026-11-21', segments('l-sea')),
      stay('MOVE', 'l-sea', '2026-11-19', '2026-11-21', segments('l-loft')),
    ]);
    expect(text).toContain('*Staying over today* (Sat 21 Nov): 2 bookings, 4 guests\n');
    expect(text).toContain('Guest OVER');
    expect(text).toContain('Guest EXT · 2 guests · Thu 19 Nov to Tue 24 Nov');
  });
});
