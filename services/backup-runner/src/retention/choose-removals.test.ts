import { decideRetention } from '@innkeeper/shared/domain/retention';
import { expect, test } from 'vitest';
import type { ResticSnapshot } from '../restic/restic.ts';
import { AGE_MARGIN_S, chooseRemovals } from './choose-removals.ts';

const NOW = new Date('2026-11-21T03:00:00Z');
const WEEK_S = 7 * 86_400;

const snapshot = (time: string, runId = time.slice(0, 10), path = '/mongodb.archive'): ResticSnapshot => ({
  id: `${path} ${time}`,
  time,
  host: 'innkeeper',
  paths: [path],
  tags: [`run=${runId}`, 'source=mongodb'],
  totalBytes: 1,
  totalFiles: 1,
});

const choose = (snapshots: readonly ResticSnapshot[], now = NOW) => {
  const decisions = decideRetention(snapshots, { keepDaily: 2, keepWeekly: 0, keepMonthly: 0 });
  const chosen = chooseRemovals({ decisions, runId: '2026-11-21', now, minimumAgeSeconds: WEEK_S });
  return chosen.ok
    ? { removed: chosen.value.remove.map(({ time }) => time), deferred: chosen.value.deferred }
    : chosen.error;
};

const tonight = snapshot('2026-11-21T02:30:00Z');
const nights = (from: number, to: number): ResticSnapshot[] =>
  Array.from({ length: to - from + 1 }, (_, index) =>
    snapshot(`2026-11-${String(from + index).padStart(2, '0')}T02:30:00Z`),
  );

test('removes what is not kept and old enough, and defers the younger ones', () => {
  expect(choose([...nights(12, 20), tonight])).toEqual({
    removed: ['2026-11-12T02:30:00Z', '2026-11-13T02:30:00Z'],
    deferred: 6,
  });
});

test('counts from when a snapshot was surely stored, not from when its backup began', () => {
  const old = snapshot('2026-11-13T21:00:00Z', '2026-11-13');
  const age = (NOW.getTime() - Date.parse(old.time)) / 1000;
  expect(age).toBe(WEEK_S + AGE_MARGIN_S);
  expect(choose([old, ...nights(20, 20), tonight])).toEqual({ removed: [], deferred: 1 });
  expect(choose([old, ...nights(20, 20), tonight], new Date(NOW.getTime() + 1))).toMatchObject({ removed: [old.time] });
});

test('takes no more than a quarter of a group at once, the oldest first', () => {
  const { removed } = choose([...nights(1, 20), tonight]) as { removed: string[] };
  expect(removed).toEqual(nights(1, 5).map(({ time }) => time));
});

test('may always remove one', () => {
  expect(choose([...nights(1, 1), ...nights(20, 20), tonight])).toMatchObject({ removed: ['2026-11-01T02:30:00Z'] });
});

test('leaves a group alone that this run has added nothing to', () => {
  const retired = nights(1, 9).map(({ time }) => snapshot(time, time.slice(0, 10), '/old.archive'));
  expect(choose([...retired, tonight])).toEqual({ removed: [], deferred: 7 });
});

test('never removes what this run made, whatever its time says', () => {
  const misdated = snapshot('2026-11-02T02:30:00Z', '2026-11-21');
  expect(choose([misdated, ...nights(19, 20), tonight])).toEqual({ removed: [], deferred: 2 });
});

test("removes nothing when the list lacks this run's own snapshots", () => {
  expect(choose(nights(1, 20))).toBe('own_snapshots_missing');
});

test('removes nothing when a snapshot claims to come from the future', () => {
  expect(choose([...nights(1, 20), tonight, snapshot('2026-11-21T04:00:01Z')])).toBe('dated_ahead');
  expect(choose([...nights(1, 20), tonight, snapshot('2026-11-21T03:59:00Z', '2026-11-21')])).not.toBe('dated_ahead');
});
