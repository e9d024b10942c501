import type { HomeName } from '@innkeeper/shared/domain/plan';
import { describe, expect, it } from 'vitest';
import { homes } from '../__fixtures__/world.ts';
import { understand } from '../understand.ts';
import { dateOrderIn } from './date-order.ts';

const askedAt = '2026-11-18T15:00:00Z';
const inZone = (timezone: string): HomeName[] => homes.map(home => ({ ...home, timezone }));
const read = (text: string, where: HomeName[]): unknown => understand({ text, askedAt, homes: where, words: [] });
const days = (from: string, to = from): object => ({ byToday: { '2026-11-18': { from, to } } });

describe('the order of day and month', () => {
  it.each(['America/New_York', 'America/Los_Angeles', 'America/Indiana/Knox', 'Pacific/Honolulu', 'US/Central'])(
    '%s writes the month first',
    zone => {
      expect(dateOrderIn(zone)).toBe('month_before_day');
    },
  );

  it.each(['Europe/Lisbon', 'America/Toronto', 'America/Sao_Paulo', 'Australia/Sydney', 'UTC', 'Moon/Tranquillity'])(
    '%s writes the day first',
    zone => {
      expect(dateOrderIn(zone)).toBe('day_before_month');
    },
  );

  it('is the one of the homes, and the answer is told that it was assumed', () => {
    expect(read('arrivals 03/12', inZone('Europe/Lisbon'))).toMatchObject({
      when: { ...days('2026-12-03'), assumed: 'day_before_month' },
    });
    expect(read('arrivals 03/12', inZone('America/Chicago'))).toMatchObject({
      when: { ...days('2027-03-12'), assumed: 'month_before_day' },
    });
    expect(read('arrivals 12/03 - 12/06', inZone('America/Chicago'))).toMatchObject({
      when: { ...days('2026-12-03', '2026-12-06'), assumed: 'month_before_day' },
    });
  });

  it('is the one of the home that is named, where homes lie in several countries', () => {
    const mixed = inZone('Europe/Lisbon').map(home =>
      home.listingId === 'l-blue' ? { ...home, timezone: 'America/Denver' } : home,
    );
    expect(read('arrivals 03/12 at the Blue Flat', mixed)).toMatchObject({ when: { assumed: 'month_before_day' } });
    expect(read('arrivals 03/12', mixed)).toMatchObject({ when: { assumed: 'day_before_month' } });
  });

  it('needs no assumption where one number can be no month, or another date of the question shows it', () => {
    for (const [text, from, to = from] of [
      ['arrivals 12/24', '2026-12-24'],
      ['arrivals 24/12', '2026-12-24'],
      ['arrivals 12/12', '2026-12-12'],
      ['arrivals 2026/12/03', '2026-12-03'],
      ['arrivals 3.12.', '2026-12-03'],
      ['arrivals 03/12 - 15/12', '2026-12-03', '2026-12-15'],
      ['arrivals 12/03 - 12/15', '2026-12-03', '2026-12-15'],
    ] as const) {
      for (const zone of ['Europe/Lisbon', 'America/Chicago']) {
        const plan = read(text, inZone(zone));
        expect(plan).toMatchObject({ kind: 'arrivals', when: days(from, to) });
        expect(plan).not.toHaveProperty('when.assumed');
      }
    }
  });
});
