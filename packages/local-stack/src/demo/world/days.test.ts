import { expect, test } from 'vitest';
import { waitForOneDay } from './days.ts';

const ZONES = ['Europe/Lisbon', 'America/New_York'];
const FIVE_MINUTES_MS = 300_000;

test.each([
  { at: '2026-11-22T12:00:00Z', waitMs: 0 },
  { at: '2026-11-21T23:54:59Z', waitMs: 0 },
  { at: '2026-11-21T23:55:00Z', waitMs: 300_000 },
  { at: '2026-11-22T00:00:00Z', waitMs: 0 },
  { at: '2026-11-22T04:59:30Z', waitMs: 30_000 },
])('a story of five minutes that begins at $at waits $waitMs ms for its day', ({ at, waitMs }) => {
  expect(waitForOneDay(ZONES, new Date(at), FIVE_MINUTES_MS)).toBe(waitMs);
});
