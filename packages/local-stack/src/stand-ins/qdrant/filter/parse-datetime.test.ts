import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDatetime } from './parse-datetime.ts';

const instant = fc.date({
  min: new Date('1970-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});

describe('parseDatetime', () => {
  it('reads every instant JavaScript writes, to the microsecond', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: 0, max: 999 }), (date, micros) => {
        const text = date.toISOString().replace('Z', `${String(micros).padStart(3, '0')}Z`);
        return parseDatetime(text) === date.getTime() * 1000 + micros;
      }),
    );
  });

  it('reads every offset as the same instant', () => {
    fc.assert(
      fc.property(instant, fc.integer({ min: -14 * 60, max: 14 * 60 }), (date, ahead) => {
        const local = new Date(date.getTime() + ahead * 60_000).toISOString().slice(0, -1);
        const [hours, minutes] = [Math.trunc(Math.abs(ahead) / 60), Math.abs(ahead) % 60];
        const offset = `${ahead < 0 ? '-' : '+'}${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
        return parseDatetime(`${local}${offset}`) === date.getTime() * 1000;
      }),
    );
  });

  it('takes a date, or a date and time without a zone, as UTC', () => {
    const midnight = Date.UTC(2026, 10, 21) * 1000;
    expect(parseDatetime('2026-11-21')).toBe(midnight);
    expect(parseDatetime('2026-11-21 15:00')).toBe(midnight + 15 * 3_600_000_000);
    expect(parseDatetime('2026-11-21T15:00:30')).toBe(midnight + 15 * 3_600_000_000 + 30_000_000);
  });

  it.each([
    'soon',
    '',
    '2026',
    '2026-02-30',
    '2026-13-01',
    '2026-11-21T25:00:00Z',
    '21.11.2026',
    '2026-11-21T10:00:00 CET',
  ])('does not read %j', text => {
    expect(parseDatetime(text)).toBeUndefined();
  });
});
