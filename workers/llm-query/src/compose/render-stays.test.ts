import { describe, expect, test } from 'vitest';
import { arrivals, homeRecords, lisbon, render, stay, today, weekend } from '../../test/support/render.ts';
import { listing, record } from '../../test/support/world.ts';

describe('arrivals', () => {
  test('a planned time beats the home’s default, and a home without one has no invented time', () => {
    const homes = [...homeRecords, listing('l-new', 'New House', lisbon, { defaultCheckInTime: undefined })];
    const text = render(
      arrivals(),
      [
        stay('A', 'l-garden', '2026-11-21', '2026-11-23', { arrival: '14:10' }),
        stay('B', 'l-sea', '2026-11-21', '2026-11-23'),
        stay('C', 'l-new', '2026-11-21', '2026-11-23'),
      ],
      { homes },
    );
    expect(text).toContain('• *14:10* planned · *Garden Studio*');
    expect(text).toContain('• *16:00* default · *Sea View*');
    expect(text).toContain('• time not known · *New House*');
  });

  test.each([
    ['confirmed', true, false],
    ['checked_in', true, false],
    ['checked_out', true, false],
    ['reserved', true, true],
    ['awaiting_payment', true, true],
    ['inquiry', false, false],
    ['canceled', false, false],
    ['declined', false, false],
    ['expired', false, false],
    ['closed', false, false],
  ])('a booking that is %s is listed: %s, marked as not confirmed: %s', (status, isListed, isMarked) => {
    const text = render(arrivals(), [stay('A', 'l-sea', '2026-11-21', '2026-11-23', { status })]);
    expect(text.includes('Guest A')).toBe(isListed);
    expect(text.includes('not confirmed')).toBe(isMarked);
  });

  test('nobody is said plainly, with what was searched', () => {
    expect(render(arrivals(), [])).toBe(
      '*Checking in today* (Sat 21 Nov): nobody\n' +
        '_Searched: bookings of every home, confirmed or not; inquiries and cancelled ones do not count._',
    );
  });

  test('a move between homes is a move, and an extension in the same home is nothing', () => {
    const moving = stay('M', 'l-sea', '2026-11-19', '2026-11-21', {
      more: {
        stay: [
          { listingId: 'l-sea', checkInDate: '2026-11-19', checkOutDate: '2026-11-21' },
          { listingId: 'l-loft', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' },
        ],
      },
    });
    const extended = stay('E', 'l-garden', '2026-11-19', '2026-11-21', {
      more: {
        stay: [
          { listingId: 'l-garden', checkInDate: '2026-11-21', checkOutDate: '2026-11-22' },
          { listingId: 'l-garden', checkInDate: '2026-11-19', checkOutDate: '2026-11-21' },
        ],
      },
    });
    const text = render(arrivals(), [moving, extended]);
    expect(text).toBe(
      '*Checking in today* (Sat 21 Nov): 0 arrivals, 1 move\n' +
        '• *16:00* default · *Loft 3* · Guest M · 2 guests · move from *Sea View* · M',
    );
    const both = render({ kind: 'overview', when: today, homes: [] }, [moving, extended]);
    expect(both.match(/Guest M/gu)).toHaveLength(1);
    expect(both).toContain('• *16:00* default · *Loft 3* · Guest M · 2 guests · move from *Sea View* · M');
  });

  test('a move among the departures names the home that is left, with the time it is left', () => {
    const moving = stay('M', 'l-sea', '2026-11-19', '2026-11-21', {
      more: {
        stay: [
          { listingId: 'l-sea', checkInDate: '2026-11-19', checkOutDate: '2026-11-21', plannedDeparture: '09:15' },
          { listingId: 'l-loft', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' },
        ],
      },
    });
    expect(render({ ...arrivals(), kind: 'departures' }, [moving])).toBe(
      '*Checking out today* (Sat 21 Nov): 0 departures, 1 move\n' +
        '• *09:15* planned · *Sea View* · Guest M · 2 guests · move to *Loft 3* · M',
    );
  });

  test('every home goes by its own today', () => {
    const homes = [listing('l-tokyo', 'Tokyo Flat', 'Asia/Tokyo'), listing('l-ny', 'Hudson Loft', 'America/New_York')];
    const when = {
      words: 'today',
      byToday: {
        '2026-11-21': { from: '2026-11-21', to: '2026-11-21' },
        '2026-11-22': { from: '2026-11-22', to: '2026-11-22' },
      },
    };
    const text = render(
      arrivals({ when }),
      [
        stay('T21', 'l-tokyo', '2026-11-21', '2026-11-25'),
        stay('T22', 'l-tokyo', '2026-11-22', '2026-11-25'),
        stay('N21', 'l-ny', '2026-11-21', '2026-11-25'),
        stay('N22', 'l-ny', '2026-11-22', '2026-11-25'),
      ],
      { homes, askedAt: '2026-11-21T20:00:00Z' },
    );
    expect(text).toContain('Guest T22');
    expect(text).toContain('Guest N21');
    expect(text).not.toMatch(/Guest (?:T21|N22)/u);
    expect(text).toContain('(Tokyo)');
    expect(text).toContain('(New York)');
    expect(text).toContain('_Sun 22 Nov_');
  });

  test('several days are grouped by date', () => {
    const text = render(arrivals({ when: weekend }), [
      stay('B', 'l-sea', '2026-11-22', '2026-11-23'),
      stay('A', 'l-garden', '2026-11-21', '2026-11-23'),
    ]);
    expect(text.split('\n').map(line => line.split(' · ')[0])).toEqual([
      '*Checking in this weekend* (Sat 21 Nov – Sun 22 Nov): 2 arrivals',
      '_Sat 21 Nov_',
      '• *16:00* default',
      '_Sun 22 Nov_',
      '• *16:00* default',
    ]);
  });

  test('only of the homes that are named, counted when a number is asked for', () => {
    const records = [stay('A', 'l-garden', '2026-11-21', '2026-11-23'), stay('B', 'l-sea', '2026-11-21', '2026-11-23')];
    expect(render(arrivals({ homes: ['l-sea'] }), records)).not.toContain('Guest A');
    expect(render(arrivals({ form: 'count' }), records)).toBe('*Checking in today* (Sat 21 Nov): 2 arrivals');
  });

  test('a home whose listing has not arrived is named by its id instead of dropping the booking', () => {
    expect(render(arrivals(), [stay('A', 'l-unknown', '2026-11-21', '2026-11-23')])).toContain('*home l-unknown*');
  });

  test('the guest’s own record fills in a name the booking lacks, and operations see the first name', () => {
    const records = [
      stay('A', 'l-sea', '2026-11-21', '2026-11-23', { more: { guestName: undefined, guestId: 'g1' } }),
      record('guest', 'g1', { guestId: 'g1', firstName: 'Zoë', lastName: 'van Dam' }),
    ];
    expect(render(arrivals(), records)).toContain('Zoë van Dam');
    expect(render(arrivals(), records, { scope: 'operations' })).not.toContain('Dam');
  });

  test('a name cannot ring anybody, link anywhere or break out of its line', () => {
    const text = render(arrivals(), [
      stay('A', 'l-sea', '2026-11-21', '2026-11-23', {
        guest: '@all *x* [y](http://evil.example)\n• *00:00* planned · *Fake*',
      }),
    ]);
    expect(text).not.toMatch(/@all|evil|http/u);
    expect(text.split('\n')).toHaveLength(2);
  });
});

describe('the heading', () => {
  test.each([
    ['today', '*Checking in today*'],
    ['next weekend', '*Checking in next weekend*'],
    ['THIS WEEK', '*Checking in this week*'],
    ['next Friday', '*Checking in* ('],
    ['24/11', '*Checking in* ('],
    ['the day after tomorrow', '*Checking in the day after tomorrow*'],
    ['in 10 days', '*Checking in* ('],
    ['March', '*Checking in* ('],
    ['from 3 to 5 December', '*Checking in* ('],
    ['hoje', '*Checking in* '],
    ['@all today', '*Checking in* '],
  ])('repeats %j only where it reads well behind an English title', (words, expected) => {
    expect(render(arrivals({ when: { ...today, words } }), [])).toContain(expected);
  });

  test('says how a date that has two readings was read', () => {
    expect(render(arrivals({ when: { ...today, assumed: 'day_before_month' } }), [])).toContain('read as day/month');
  });
});
