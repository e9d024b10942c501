import { LocalDate, LocalTime, TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantAt } from './local-instant.ts';

const at = (zone: string, date: string, time: string): string =>
  new Date(instantAt(TimeZone.parse(zone), LocalDate.parse(date), LocalTime.parse(time))).toISOString();

describe('the instant of a local time', () => {
  it.each([
    ['Europe/Lisbon', '2026-11-18', '18:00', '2026-11-18T18:00:00.000Z'],
    ['Europe/Lisbon', '2026-07-01', '18:00', '2026-07-01T17:00:00.000Z'],
    ['America/New_York', '2026-11-18', '18:00', '2026-11-18T23:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-18', '00:00', '2026-11-17T18:15:00.000Z'],
  ])('%s %s %s', (zone, date, time, instant) => {
    expect(at(zone, date, time)).toBe(instant);
  });

  it('of an hour the clocks show twice it is the first', () => {
    expect(at('Europe/Lisbon', '2026-10-25', '01:30')).toBe('2026-10-25T00:30:00.000Z');
  });

  it('an hour the clocks skip counts as if they had not been changed yet', () => {
    expect(at('Europe/Lisbon', '2027-03-28', '01:30')).toBe('2027-03-28T01:30:00.000Z');
  });

  it('shows that time again on the clocks of the zone, at any minute but a skipped one', () => {
    const zones = ['Europe/Lisbon', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia', 'Australia/Lord_Howe'];
    const minute = fc.integer({ min: Date.UTC(2020, 0, 1) / 60_000, max: Date.UTC(2035, 0, 1) / 60_000 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minute, (name, minutes) => {
        const zone = TimeZone.parse(name);
        const clock = wallClock(zone, minutes * 60_000);
        expect(wallClock(zone, instantAt(zone, clock.date, clock.time))).toEqual(clock);
      }),
    );
  });
});
