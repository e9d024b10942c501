import { describe, expect, test } from 'vitest';
import { instantOf, lastWeekday, nextWeekday, nightsBetween, onTheWall } from './calendar.ts';

describe('the evaluation’s own calendar', () => {
  test('shows each zone its own day, over both changes of clock', () => {
    const at = Date.parse('2026-10-24T23:30:00Z');
    expect(onTheWall('Europe/Lisbon', at)).toEqual({ day: '2026-10-25', clock: '00:30' });
    expect(onTheWall('America/New_York', at)).toEqual({ day: '2026-10-24', clock: '19:30' });
    expect(onTheWall('Asia/Tokyo', at)).toEqual({ day: '2026-10-25', clock: '08:30' });
    expect(onTheWall('Europe/Lisbon', Date.parse('2026-10-25T12:00:00Z')).clock).toBe('12:00');
  });

  test.each([
    ['Europe/Lisbon', '2026-10-24', '09:41', '2026-10-24T08:41:00.000Z'],
    ['Europe/Lisbon', '2026-10-25', '09:41', '2026-10-25T09:41:00.000Z'],
    // Twice that night: the earlier; never in that other one: an hour on.
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00.000Z'],
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:30:00.000Z'],
  ])('finds the instant at which %s shows %s %s', (zone, day, clock, instant) => {
    expect(new Date(instantOf(zone, day, clock)).toISOString()).toBe(instant);
  });

  test('counts nights over a change of clock, and finds weekdays on either side of a day', () => {
    expect(nightsBetween('2026-10-24', '2026-10-26')).toBe(2);
    expect(nextWeekday('2026-10-24', 1)).toBe('2026-10-26');
    expect(nextWeekday('2026-10-24', 6)).toBe('2026-10-31');
    expect(lastWeekday('2026-10-24', 6)).toBe('2026-10-17');
    expect(lastWeekday('2026-10-24', 5)).toBe('2026-10-23');
  });
});
