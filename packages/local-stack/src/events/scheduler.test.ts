import { expect, test } from 'vitest';
import { nextDue } from './scheduler.ts';

const daily = (dailyAt: string, zone: string) => ({ schedule: { dailyAt, zone } });
const at = (text: string): number => new Date(text).getTime();

test('a daily job is due at its time in its zone, strictly after now', () => {
  const job = daily('02:30', 'Europe/Lisbon');
  expect(nextDue(job, at('2026-11-21T01:00:00Z'))).toBe(at('2026-11-21T02:30:00Z'));
  expect(nextDue(job, at('2026-11-21T02:30:00Z'))).toBe(at('2026-11-22T02:30:00Z'));
  expect(nextDue(daily('02:30', 'Asia/Tokyo'), at('2026-11-21T01:00:00Z'))).toBe(at('2026-11-21T17:30:00Z'));
});

test('a time that the clock change skips is due the day after', () => {
  expect(nextDue(daily('02:30', 'Europe/Berlin'), at('2026-03-28T12:00:00Z'))).toBe(at('2026-03-30T00:30:00Z'));
});

test('a job of every so many seconds is due that much later', () => {
  expect(nextDue({ schedule: { everySeconds: 30 } }, 1_000)).toBe(31_000);
});
