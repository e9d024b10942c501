import type { LocalDate, LocalTime, TimeZone } from '@innkeeper/shared/domain/local-time';
import { wallClock } from '@innkeeper/shared/domain/local-time';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BriefedRoom } from './briefing-settings.ts';
import { BriefedRooms } from './briefing-settings.ts';
import { occurrences } from './schedule.ts';

const rooms = (...more: object[]): BriefedRoom[] =>
  BriefedRooms.parse(more.map((room, index) => ({ room: `room-${index}`, zone: 'Europe/Lisbon', ...room })));
const hourMs = 3_600_000;
const at = (iso: string): number => Date.parse(iso);
const due = (briefed: BriefedRoom[], from: string, to: string): string[] =>
  occurrences(briefed, { afterMs: at(from), toMs: at(to) }).map(
    ({ room, kind, date, dueAtMs }) => `${room} ${kind} ${date} ${new Date(dueAtMs).toISOString().slice(0, 16)}Z`,
  );

describe('what falls due', () => {
  test('is each briefing at its own room’s local time', () => {
    const briefed = rooms({ morning: '07:30', evening: '18:00' }, { zone: 'America/New_York', morning: '07:30' });
    expect(due(briefed, '2026-11-20T23:00:00Z', '2026-11-21T23:00:00Z')).toEqual([
      'room-0 morning 2026-11-21 2026-11-21T07:30Z',
      'room-1 morning 2026-11-21 2026-11-21T12:30Z',
      'room-0 evening 2026-11-21 2026-11-21T18:00Z',
    ]);
  });

  test('is nothing for a room without times', () => {
    expect(due(rooms({ announce: true }), '2026-11-20T00:00:00Z', '2026-11-25T00:00:00Z')).toEqual([]);
  });

  test.each([
    ['that does not exist counts right after the gap', 'Europe/Lisbon', '01:30', '2026-03-29', '2026-03-29T01:30Z'],
    ['that exists twice counts the first time', 'Europe/Lisbon', '01:30', '2026-10-25', '2026-10-25T00:30Z'],
    ['in a gap at midnight counts after it', 'Africa/Cairo', '00:10', '2026-04-24', '2026-04-23T22:10Z'],
    ['in a gap until midnight counts before it', 'America/Nuuk', '23:30', '2026-03-28', '2026-03-29T00:59Z'],
  ])('a time %s', (_name, zone, morning, date, instant) => {
    const briefed = rooms({ zone, morning });
    const around = { afterMs: at(instant) - 6 * hourMs, toMs: at(instant) + 6 * hourMs };
    expect(occurrences(briefed, around)).toMatchObject([{ date, dueAtMs: at(instant) }]);
  });

  test('skips a date that the zone never had', () => {
    const briefed = rooms({ zone: 'Pacific/Apia', morning: '07:30' });
    expect(due(briefed, '2011-12-29T00:00:00Z', '2012-01-01T00:00:00Z').map(line => line.split(' ')[2])).toEqual([
      '2011-12-29',
      '2011-12-31',
      '2012-01-01',
    ]);
  });

  test('is of use for three hours, and never beyond its date', () => {
    const briefed = rooms({ morning: '07:30', evening: '22:30' });
    const found = occurrences(briefed, { afterMs: at('2026-11-21T00:00:00Z'), toMs: at('2026-11-21T23:59:00Z') });
    expect(found.map(({ uselessAtMs }) => new Date(uselessAtMs).toISOString())).toEqual([
      '2026-11-21T10:30:00.000Z',
      '2026-11-22T00:00:00.000Z',
    ]);
  });
});

/** Zones with changes of clocks of every kind: at midnight, by half an hour, across the date line, in Ramadan, none. */
const zone = fc.constantFrom(
  ...[
    'Europe/Lisbon',
    'Europe/Berlin',
    'America/New_York',
    'America/St_Johns',
    'America/Sao_Paulo',
    'America/Santiago',
    'America/Havana',
    'America/Asuncion',
    'Atlantic/Azores',
    'America/Nuuk',
    'Africa/Cairo',
    'Africa/Casablanca',
    'Asia/Beirut',
    'Asia/Gaza',
    'Asia/Tehran',
    'Asia/Kolkata',
    'Asia/Tokyo',
    'Australia/Lord_Howe',
    'Pacific/Apia',
    'Pacific/Kiritimati',
    'Pacific/Chatham',
    'UTC',
  ].map(name => name as TimeZone),
);
const minuteOfDay = fc.integer({ min: 0, max: 1439 });
const clock = (minute: number): LocalTime =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}` as LocalTime;
const moment = fc.integer({ min: at('2005-01-01T00:00:00Z') / hourMs, max: at('2037-01-01T00:00:00Z') / hourMs });

describe('over all zones and years', () => {
  test('every local date that a zone has is briefed exactly once, at a moment of that date', () => {
    fc.assert(
      fc.property(zone, moment, minuteOfDay, (zoneName, hour, minute) => {
        const briefed = rooms({ zone: zoneName, morning: clock(minute) });
        const span = { afterMs: hour * hourMs, toMs: hour * hourMs + 8 * 24 * hourMs };
        const found = occurrences(briefed, span);
        const dates = found.map(({ date }) => date);
        const shown = new Set<LocalDate>();
        for (let ms = span.afterMs + 26 * hourMs; ms <= span.toMs - 26 * hourMs; ms += hourMs / 2) {
          shown.add(wallClock(zoneName, ms).date);
        }
        expect(new Set(dates).size).toBe(dates.length);
        expect([...shown].filter(date => !dates.includes(date))).toEqual([]);
        for (const { date, dueAtMs, uselessAtMs } of found) {
          expect(wallClock(zoneName, dueAtMs).date).toBe(date);
          expect(uselessAtMs).toBeGreaterThan(dueAtMs);
          expect(wallClock(zoneName, uselessAtMs - 1).date).toBe(date);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('the due moment shows the configured time, unless the clocks skip it', () => {
    fc.assert(
      fc.property(zone, moment, minuteOfDay, (zoneName, hour, minute) => {
        const time = clock(minute);
        const span = { afterMs: hour * hourMs, toMs: hour * hourMs + 3 * 24 * hourMs };
        for (const { date, dueAtMs } of occurrences(rooms({ zone: zoneName, morning: time }), span)) {
          const shown = wallClock(zoneName, dueAtMs);
          if (shown.time === time) continue;
          const isSkipped = Array.from({ length: 28 * 60 }, (_, step) =>
            wallClock(zoneName, dueAtMs - 26 * hourMs + step * 60_000),
          ).every(clockThen => clockThen.date !== date || clockThen.time !== time);
          expect([date, time, isSkipped]).toEqual([date, time, true]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('it does not matter into which rounds the time is cut', () => {
    fc.assert(
      fc.property(
        zone,
        moment,
        minuteOfDay,
        fc.array(fc.integer({ min: 1, max: 72 * 60 }), { minLength: 1, maxLength: 30 }),
        (zoneName, hour, minute, steps) => {
          const briefed = rooms({ zone: zoneName, morning: clock(minute), evening: clock((minute + 617) % 1440) });
          const start = hour * hourMs;
          let afterMs = start;
          const inRounds = steps.flatMap(step => {
            const span = { afterMs, toMs: afterMs + step * 60_000 };
            afterMs = span.toMs;
            return occurrences(briefed, span);
          });
          expect(inRounds).toEqual(occurrences(briefed, { afterMs: start, toMs: afterMs }));
          for (const { dueAtMs } of inRounds) expect(dueAtMs > start && dueAtMs <= afterMs).toBe(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});
