import { expect, test } from 'vitest';
import { compareNewestFirst, readSnapshotTime } from './snapshot-time.ts';

test('day, week and month are those of the clock that wrote the time', () => {
  expect(readSnapshotTime('2026-11-21T00:30:00.123456789+09:00')).toEqual({
    epochMs: Date.UTC(2026, 10, 20, 15, 30, 0, 123),
    nanoseconds: 456_789,
    day: '2026-11-21',
    week: '2026-W47',
    month: '2026-11',
  });
});

test.each([
  ['2020-12-31', '2020-W53'],
  ['2021-01-03', '2020-W53'],
  ['2021-01-04', '2021-W01'],
  ['2024-12-30', '2025-W01'],
  ['2026-01-01', '2026-W01'],
  ['2027-01-03', '2026-W53'],
])('%s is in week %s', (day, week) => {
  expect(readSnapshotTime(`${day}T12:00:00Z`).week).toBe(week);
});

test('orders by the instant, to the nanosecond', () => {
  const times = ['2026-11-21T01:00:00.000000001Z', '2026-11-21T02:00:00.5+01:00', '2026-11-21T01:00:00.000000002Z'];
  expect(times.toSorted((one, other) => compareNewestFirst(readSnapshotTime(one), readSnapshotTime(other)))).toEqual([
    '2026-11-21T02:00:00.5+01:00',
    '2026-11-21T01:00:00.000000002Z',
    '2026-11-21T01:00:00.000000001Z',
  ]);
});

test.each(['', '2026-11-21', '2026-11-21 12:00:00Z', '2026-13-01T00:00:00Z', '2026-11-21T12:00:00', 'tomorrow'])(
  '%j is no time of restic',
  text => {
    expect(() => readSnapshotTime(text)).toThrow(RangeError);
  },
);
