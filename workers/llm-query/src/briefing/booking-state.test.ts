import { describe, expect, test } from 'vitest';
import { type BookingFacts, booking, listing } from '../../test/support/world.ts';
import { homesAt } from '../evaluate/homes.ts';
import { bookingStateOf, changeOf, isSoon } from './booking-state.ts';

const stateOf = (facts: Partial<BookingFacts>) => {
  const record = booking('A', {
    guest: 'Mia Larsen',
    home: 'l-garden',
    from: '2026-11-23',
    to: '2026-11-25',
    ...facts,
  });
  if (record.kind !== 'reservation') throw new Error('not a booking');
  return bookingStateOf(record);
};

describe('the next 48 hours', () => {
  /** 21 November, 22:30 in Lisbon, 17:30 in New York. */
  const homes = homesAt(
    [
      listing('l-garden', 'Garden Studio', 'Europe/Lisbon', { defaultCheckInTime: '16:00' }),
      listing('l-hudson', 'Hudson Loft', 'America/New_York', { defaultCheckInTime: '18:00' }),
    ].filter(record => record.kind === 'listing'),
    Date.parse('2026-11-21T22:30:00Z'),
  );

  test.each([
    ['an arrival before their end', {}, true],
    ['an arrival planned after their end', { arrival: '23:00' }, false],
    ['an arrival after their end on the home’s own clock', { home: 'l-hudson' }, false],
    ['a planned one before it there', { home: 'l-hudson', arrival: '17:00' }, true],
    ['a stay under way', { from: '2026-11-18', to: '2026-11-30' }, true],
    ['a departure that is over', { from: '2026-11-18', to: '2026-11-21' }, false],
    ['a departure planned for later today', { from: '2026-11-18', to: '2026-11-21', departure: '23:30' }, true],
  ])('hold %s: %j is %s', (_name, facts, expected) => {
    expect(isSoon(stateOf(facts), homes)).toBe(expected);
  });
});

describe('a step of a booking', () => {
  const [confirmed, reserved, inquiry, canceled] = ['confirmed', 'reserved', 'inquiry', 'canceled'].map(status =>
    stateOf({ status }),
  );
  if (!confirmed || !reserved || !inquiry || !canceled) throw new Error('four states');

  test.each([
    ['never seen, new', undefined, confirmed, true, 'made'],
    ['never seen, old', undefined, confirmed, false, 'changed'],
    ['never seen, called off', undefined, canceled, false, 'cancelled'],
    ['never seen, made and called off', undefined, canceled, true, undefined],
    ['never seen, an inquiry', undefined, inquiry, true, undefined],
    ['the same', confirmed, confirmed, false, undefined],
    ['confirmed', reserved, confirmed, false, 'changed'],
    ['an inquiry that became a booking', inquiry, confirmed, false, 'made'],
    ['an inquiry that came to nothing', inquiry, canceled, false, undefined],
    ['called off', confirmed, canceled, false, 'cancelled'],
    ['called off and back', canceled, confirmed, false, 'made'],
    ['longer', confirmed, stateOf({ to: '2026-11-26' }), false, 'changed'],
  ] as const)('%s', (_name, before, after, isNew, change) => {
    expect(changeOf(before, after, isNew)).toBe(change);
  });
});
