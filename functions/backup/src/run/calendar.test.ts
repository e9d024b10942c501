import { addDays, LocalDate, LocalTime, TimeZone, wallClock } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkSubset, dueAt, lastDue, nextDue, nightOf, type Schedule, typesOf } from './calendar.ts';

const schedule = (zone: string, time = '02:30'): Schedule => ({
  zone: TimeZone.parse(zone),
  time: LocalTime.parse(time),
});
const day = (text: string): LocalDate => LocalDate.parse(text);

describe('when a run is due', () => {
  test.each([
    ['an ordinary night', 'Europe/Berlin', '2026-11-21', '2026-11-21T01:30:00.000Z'],
    ['02:30 that the clock skips is 03:30', 'Europe/Berlin', '2026-03-29', '2026-03-29T01:30:00.000Z'],
    ['02:30 that comes twice is the first', 'Europe/Berlin', '2026-10-25', '2026-10-25T00:30:00.000Z'],
    ['the same west of Greenwich, in spring', 'America/New_York', '2026-03-08', '2026-03-08T07:30:00.000Z'],
    ['and the first minute after a skipped half hour', 'Australia/Lord_Howe', '2026-10-04', '2026-10-03T15:30:00.000Z'],
  ])('%s', (_what, zone, date, instant) => {
    expect(dueAt(schedule(zone), day(date)).toISOString()).toBe(instant);
  });

  test('the night of a call belongs to the run that was due last, a quarter of an hour ahead', () => {
    const utc = schedule('UTC');
    expect(nightOf(utc, new Date('2026-11-21T02:14:59Z'))).toBe('2026-11-20');
    expect(nightOf(utc, new Date('2026-11-21T02:15:00Z'))).toBe('2026-11-21');
    expect(nightOf(utc, new Date('2026-11-21T23:00:00Z'))).toBe('2026-11-21');
    expect(nightOf(schedule('UTC', '23:55'), new Date('2026-11-22T00:20:00Z'))).toBe('2026-11-21');
  });

  test('in every zone the last one is behind, the next one ahead, a day apart, by the clock of the zone', () => {
    const zones = [
      'Europe/Lisbon',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'UTC',
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        fc.date({ min: new Date('2024-01-01'), max: new Date('2032-12-31'), noInvalidDate: true }),
        (zone, hour, minute, now) => {
          const time = `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
          const plan = schedule(zone, time);
          const last = lastDue(plan, now);
          const next = nextDue(plan, now);
          expect(last.at <= now && now < next.at).toBe(true);
          expect(next.day).toBe(addDays(last.day, 1));
          const local = wallClock(plan.zone, last.at.getTime());
          expect(local.date).toBe(last.day);
          // Later only where the clock skips the time.
          expect(local.time >= time).toBe(true);
        },
      ),
    );
  });
});

describe('what a night asks for', () => {
  test.each([
    ['2026-11-21', ['daily']],
    ['2026-11-22', ['daily', 'weekly']],
    ['2026-12-01', ['daily', 'monthly']],
    ['2026-11-01', ['daily', 'weekly', 'monthly']],
  ])('%s is %j', (date, types) => {
    expect(typesOf(day(date))).toEqual(types);
  });

  test('ten weeks in a row read every tenth once, over the turn of the year too', () => {
    const sundays = Array.from({ length: 10 }, (_, week) => addDays(day('2026-11-22'), 7 * week));
    expect(new Set(sundays.map(checkSubset)).size).toBe(10);
    expect(checkSubset(day('2026-11-23'))).toBe(checkSubset(day('2026-11-29')));
    for (const sunday of sundays) expect(checkSubset(sunday)).toMatch(/^(?:[1-9]|10)\/10$/u);
  });
});
