import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dateInZone, toEpochMs, toInstant } from './normalise-moment.ts';

const AT = 1_795_254_601_900;

describe('a moment as the vendor writes it', () => {
  test.each([
    ['2026-11-21T09:50:01.900Z', AT],
    ['2026-11-21T10:50:01.900+01:00', AT],
    ['2026-11-21T09:50:01.900', AT],
    ['2026-11-21 09:50:01.900', AT],
    ['2026-11-21T09:50', AT - 1_900],
    ['2026-11-21', AT - 1_900 - 35_400_000],
    [AT, AT],
    [String(AT), AT],
    [1_795_254_601, 1_795_254_601_000],
    ['1795254601', 1_795_254_601_000],
    [1_795_254_601.9, AT],
  ])('%j is one and the same', (written, epochMs) => {
    expect(toEpochMs(written)).toBe(epochMs);
  });

  test.each([
    null,
    undefined,
    '',
    'soon',
    '21.11.2026 at ten',
    Number.NaN,
    Infinity,
    -1,
    1.8e15,
    '99999999999999999999',
  ])('%j is none', written => {
    expect(toEpochMs(written)).toBeUndefined();
    expect(toInstant(written)).toBeUndefined();
  });

  test('any of this century survives being written in any of the forms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 946_684_800, max: 4_102_444_800 }), seconds => {
        const iso = new Date(seconds * 1000).toISOString();
        for (const form of [seconds, seconds * 1000, String(seconds), iso, iso.replace('Z', '')]) {
          expect(toInstant(form)).toBe(iso);
        }
      }),
      { numRuns: 200 },
    );
  });

  test('what was never written has no date at a home either', () => {
    expect(dateInZone('2026-11-21T23:30:00Z', undefined)).toBeUndefined();
    expect(dateInZone('nonsense', undefined)).toBeUndefined();
  });
});
