import { addDays, LocalDate } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { recordWorld, worldHomes } from '../../test/support/record-worlds.ts';
import { ASKED_AT } from '../../test/support/world.ts';
import { linksTo } from '../compose/links.ts';
import { type DecidedPlan, renderPlan } from '../render-plan.ts';
import { nightsOf, standingBookings } from './bookings.ts';
import { filterStays } from './filter-stays.ts';
import { homesAt } from './homes.ts';
import { longestStays } from './longest-stay.ts';
import { notYet } from './not-yet.ts';
import type { StayEvent } from './stay-events.ts';
import { arrivals, departures, nights, stayOvers } from './stay-events.ts';
import { sumNights, sumPeople } from './sum-stays.ts';

/** Sets and sums, by how they hang together, over many small companies in three zones. */
const homes = homesAt(
  worldHomes.filter(record => record.kind === 'listing'),
  Date.parse(ASKED_AT),
);
/** All that `asked` can mean. */
const EVERY_DAY = Array.from({ length: 13 }, (_, day) => addDays(LocalDate.parse('2026-11-17'), day));
const asked = fc.record({ from: fc.integer({ min: -4, max: 4 }), days: fc.nat(4) }).map(({ from, days }) => {
  const first = addDays(LocalDate.parse('2026-11-21'), from);
  return { when: { words: '', byToday: { '2026-11-21': { from: first, to: addDays(first, days) } } }, homes: [] };
});
const keysOf = (events: readonly StayEvent[]): Set<string> =>
  new Set(events.map(({ booking, stay }) => `${booking.key} ${stay.home.id} ${stay.checkIn}`));

const holds = (
  check: (
    bookings: ReturnType<typeof standingBookings>,
    question: typeof asked extends fc.Arbitrary<infer T> ? T : never,
  ) => void,
): void => {
  fc.assert(
    fc.property(recordWorld, asked, (records, question) => {
      check(standingBookings({ homes, records }), question);
    }),
  );
};

describe('lists of stays', () => {
  test('stay-overs are who is in house, without who comes and who goes', () => {
    holds((bookings, question) => {
      const moving = keysOf([...arrivals(bookings, question), ...departures(bookings, question)]);
      expect(keysOf(stayOvers(bookings, question))).toEqual(keysOf(nights(bookings, question)).difference(moving));
    });
  });

  test('who has arrived and who has not are all who were to arrive, each once', () => {
    holds((bookings, question) => {
      const { open, recorded } = notYet(bookings, 'arrived', question);
      const expected = arrivals(bookings, question).filter(({ event }) => event === 'arrival');
      expect(keysOf([...open, ...recorded])).toEqual(keysOf(expected));
      expect(open.length + recorded.length).toBe(expected.length);
    });
  });

  test('a filter keeps some, leaves some open, and invents none', () => {
    holds((bookings, question) => {
      const all = arrivals(bookings, question);
      for (const only of [
        { after: '15:00' },
        { with: 'children' as const },
        { partyMin: 3 },
        { before: '12:00', partyMin: 2 },
      ]) {
        const { fitting, unsaid } = filterStays(all, only);
        expect(keysOf(fitting).isDisjointFrom(keysOf(unsaid))).toBe(true);
        expect(keysOf(all).isSupersetOf(keysOf([...fitting, ...unsaid]))).toBe(true);
      }
      const later = filterStays(all, { after: '15:00' });
      const earlier = filterStays(all, { before: '15:01' });
      expect(later.fitting.length + earlier.fitting.length + later.unsaid.length).toBe(all.length);
      expect(keysOf(later.unsaid)).toEqual(keysOf(earlier.unsaid));
    });
  });
});

describe('sums', () => {
  test('of guests are those of the parties, each booking once', () => {
    holds((bookings, question) => {
      const events = nights(bookings, question);
      const keys = new Set(events.map(({ booking }) => booking.key));
      const parties = bookings.filter(({ key }) => keys.has(key)).map(({ guestsCount }) => guestsCount);
      expect(sumPeople(events)).toEqual({
        people: parties.reduce<number>((sum, count) => sum + (count ?? 0), 0),
        bookings: parties.length,
        unsaid: parties.filter(count => count === undefined).length,
      });
    });
  });

  test('of nights are what one night after the other adds up to', () => {
    holds((bookings, question) => {
      const days = question.when.byToday['2026-11-21'] ?? { from: '', to: '' };
      const within = EVERY_DAY.filter(day => day >= days.from && day <= days.to).map(day => {
        const night = { when: { words: '', byToday: { '2026-11-21': { from: day, to: day } } }, homes: [] };
        return nights(bookings, night).length;
      });
      expect(sumNights(nights(bookings, question), question.when).within).toBe(
        within.reduce((sum, count) => sum + count, 0),
      );
    });
  });

  test('no stay that was compared has more nights than the longest', () => {
    holds((bookings, question) => {
      const { longest, compared } = longestStays(bookings, question);
      const there = new Set(nights(bookings, question).map(({ booking }) => booking));
      expect(compared).toBe(there.size);
      const lengths = [...there].map(({ stays }) => nightsOf(stays));
      for (const { nights: most } of longest) expect(most).toBe(Math.max(...lengths));
      expect(longest.length).toBe(lengths.filter(length => length === Math.max(...lengths)).length);
    });
  });
});

test('every answer names every match once', () => {
  const rendering = {
    homes,
    scope: 'full' as const,
    thisYear: '2026',
    links: linksTo({ guestyApp: 'https://g.example', aircallApp: 'https://a.example' }),
  };
  fc.assert(
    fc.property(recordWorld, asked, (records, question) => {
      const bookings = standingBookings({ homes, records });
      const lines = (kind: string): string[] =>
        renderPlan({ kind, ...question, form: 'list' } as DecidedPlan, { homes, records }, rendering).lines.filter(
          line => line.startsWith('• '),
        );
      const codes = (events: readonly StayEvent[]): string[] => events.map(({ booking }) => booking.code).sort();
      const named = (kind: string): string[] =>
        lines(kind)
          .map(line => line.split(' · ').at(-1) ?? '')
          .sort();
      expect(named('arrivals')).toEqual(codes(arrivals(bookings, question)));
      expect(named('departures')).toEqual(codes(departures(bookings, question)));
      expect(named('in_house')).toEqual(codes(nights(bookings, question)));
      expect(named('stay_overs')).toEqual(codes(stayOvers(bookings, question)));
    }),
  );
});
