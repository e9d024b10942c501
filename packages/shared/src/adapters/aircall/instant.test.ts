import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { momentMs, toInstant } from './instant.ts';

describe('a moment as Aircall writes it', () => {
  test.each([
    ['seconds', 1_646_391_384, '2022-03-04T10:56:24.000Z'],
    ['seconds with a fraction', 1_646_391_384.25, '2022-03-04T10:56:24.250Z'],
    ['milliseconds', 1_795_161_899_123, '2026-11-20T08:04:59.123Z'],
    ['seconds as text', '1646391384', '2022-03-04T10:56:24.000Z'],
    ['milliseconds as text', '1795161899123', '2026-11-20T08:04:59.123Z'],
    ['ISO 8601 in UTC', '2026-11-20T08:04:59.123Z', '2026-11-20T08:04:59.123Z'],
    ['ISO 8601 elsewhere', '2026-11-20T09:04:59+01:00', '2026-11-20T08:04:59.000Z'],
    ['ISO 8601 without a zone', '2026-11-20T08:04:59', '2026-11-20T08:04:59.000Z'],
    ['a date and a time apart', '2026-11-20 08:04:59 UTC', '2026-11-20T08:04:59.000Z'],
    ['the beginning', 0, '1970-01-01T00:00:00.000Z'],
  ])('%s', (_what, written, instant) => {
    expect(toInstant(written)).toBe(instant);
  });

  test.each([
    ['before the beginning', -1],
    ['beyond what a calendar has', 1e300],
    ['nothing', ''],
    ['words', 'yesterday'],
    ['a date alone', '2026-11-20'],
    ['a day that is not', '2026-02-31T25:00:00Z'],
    ['no number', Number.NaN],
  ])('%s is none', (_what, written) => {
    expect(toInstant(written)).toBeUndefined();
  });

  test('seconds, milliseconds and text of one moment are one moment', () => {
    fc.assert(
      fc.property(fc.integer({ min: 100_000_001, max: 99_999_999_999 }), seconds => {
        const iso = new Date(seconds * 1000).toISOString();
        expect(momentMs(seconds)).toBe(seconds * 1000);
        expect(momentMs(seconds * 1000)).toBe(seconds * 1000);
        expect(toInstant(iso)).toBe(iso);
      }),
    );
  });

  test('whatever is written, the answer is an instant or none', () => {
    fc.assert(
      fc.property(fc.oneof(fc.double(), fc.string(), fc.integer()), written => {
        const instant = toInstant(written);
        expect(instant === undefined || new Date(instant).toISOString() === instant).toBe(true);
      }),
    );
  });
});
