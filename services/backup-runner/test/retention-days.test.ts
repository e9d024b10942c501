import { expect, it } from 'vitest';
import { proveDays } from '../proof/days/prove-days.ts';

/**
 * Three weeks over a month's end and the change to summer time, with failed, repeated and manual runs and a silence of
 * twelve days. Hundreds of days: `./dev prove-retention --days 400`.
 */
it('keeps what the calendar says through bad weeks, within the rules of the vault', { timeout: 120_000 }, async () => {
  const outcome = await proveDays({
    days: 23,
    seed: 17_718,
    from: '2027-03-11',
    restic: process.env['RESTIC_BINARY'] ?? 'restic',
  });
  expect(outcome.differences).toEqual([]);
  expect(outcome).toMatchObject({ days: 23, runs: 14, cutShort: 4, taken: 24, removed: 7, left: 17, prunes: 1 });
  expect(outcome.bytesFreed).toBeGreaterThan(0);
  expect(outcome.packsTooYoung).toBeGreaterThan(0);
});
