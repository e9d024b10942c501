import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decideRetention, type RetainableSnapshot, type RetentionQuotas } from './retention.ts';

const snapshot = (time: string, paths: readonly string[] = ['/a']): RetainableSnapshot => ({
  id: time,
  time,
  host: 'innkeeper',
  paths,
});
const decide = (snapshots: readonly RetainableSnapshot[], quotas: Partial<RetentionQuotas>): Record<string, unknown> =>
  Object.fromEntries(
    decideRetention(snapshots, { keepDaily: 0, keepWeekly: 0, keepMonthly: 0, ...quotas }).map(decision => [
      decision.snapshot.id,
      decision.kind === 'keep' ? decision.reasons : 'remove',
    ]),
  );

test('the last snapshot of each day is kept', () => {
  const times = ['2026-11-19T23:59:59Z', '2026-11-20T02:30:00Z', '2026-11-20T15:00:00Z', '2026-11-21T02:30:00Z'];
  expect(
    decide(
      times.map(time => snapshot(time)),
      { keepDaily: 2 },
    ),
  ).toEqual({
    '2026-11-21T02:30:00Z': ['daily snapshot'],
    '2026-11-20T15:00:00Z': ['daily snapshot'],
    '2026-11-20T02:30:00Z': 'remove',
    '2026-11-19T23:59:59Z': 'remove',
  });
});

test('one snapshot can be kept for several reasons', () => {
  const times = ['2026-10-31T02:30:00Z', '2026-11-30T02:30:00Z'];
  expect(
    decide(
      times.map(time => snapshot(time)),
      { keepDaily: 1, keepWeekly: 1, keepMonthly: 2 },
    ),
  ).toEqual({
    '2026-11-30T02:30:00Z': ['daily snapshot', 'weekly snapshot', 'monthly snapshot'],
    '2026-10-31T02:30:00Z': ['monthly snapshot'],
  });
});

test('the oldest of all is kept while a quota is not used up', () => {
  const times = ['2026-11-16T02:30:00Z', '2026-11-17T02:30:00Z', '2026-11-18T02:30:00Z'];
  expect(
    decide(
      times.map(time => snapshot(time)),
      { keepWeekly: 2 },
    ),
  ).toEqual({
    '2026-11-18T02:30:00Z': ['weekly snapshot'],
    '2026-11-17T02:30:00Z': 'remove',
    '2026-11-16T02:30:00Z': ['oldest weekly snapshot'],
  });
  expect(
    decide(
      times.map(time => snapshot(time)),
      { keepWeekly: 1 },
    ),
  ).toMatchObject({
    '2026-11-16T02:30:00Z': 'remove',
  });
});

test('each host and set of paths has its own quota, in whatever order the paths come', () => {
  const snapshots = [
    snapshot('2026-11-20T02:30:00Z', ['/a', '/b']),
    snapshot('2026-11-20T02:31:00Z', ['/b', '/a']),
    snapshot('2026-11-20T02:32:00Z', ['/a']),
  ];
  expect(decide(snapshots, { keepDaily: 1 })).toEqual({
    '2026-11-20T02:31:00Z': ['daily snapshot'],
    '2026-11-20T02:30:00Z': 'remove',
    '2026-11-20T02:32:00Z': ['daily snapshot'],
  });
});

test('without any quota everything is kept', () => {
  expect(decide([snapshot('2026-11-20T02:30:00Z')], {})).toEqual({ '2026-11-20T02:30:00Z': [] });
});

describe('for any history', () => {
  const two = (number: number): string => String(number).padStart(2, '0');
  const time = fc
    .record({
      ms: fc.integer({ min: Date.UTC(2025, 0, 1), max: Date.UTC(2027, 0, 31) }),
      nanos: fc.integer({ min: 0, max: 3 }),
      offsetHours: fc.integer({ min: -11, max: 14 }),
    })
    .map(({ ms, nanos, offsetHours }) => {
      const local = new Date(ms + offsetHours * 3_600_000).toISOString().slice(0, 23);
      return `${local}00000${nanos}${offsetHours < 0 ? '-' : '+'}${two(Math.abs(offsetHours))}:00`;
    });
  const history = fc
    .array(fc.record({ time, paths: fc.constantFrom(['/a'], ['/b', '/a']) }), { minLength: 1, maxLength: 60 })
    .map(items => items.map((item, index) => ({ id: `s${index}`, host: 'innkeeper', ...item })));
  const quota = fc.integer({ min: 0, max: 9 });
  const quotas = fc
    .record({ keepDaily: quota, keepWeekly: quota, keepMonthly: quota })
    .filter(({ keepDaily, keepWeekly, keepMonthly }) => keepDaily + keepWeekly + keepMonthly > 0);
  const keptOf = (snapshots: readonly RetainableSnapshot[], policy: RetentionQuotas): readonly RetainableSnapshot[] =>
    decideRetention(snapshots, policy)
      .filter(({ kind }) => kind === 'keep')
      .map(decision => decision.snapshot);

  test('every snapshot gets one decision, and the newest of a group is kept', () => {
    fc.assert(
      fc.property(history, quotas, (snapshots, policy) => {
        const decisions = decideRetention(snapshots, policy);
        expect(decisions.map(decision => decision.snapshot.id).toSorted()).toEqual(
          snapshots.map(({ id }) => id).toSorted(),
        );
        const groups = Map.groupBy(decisions, decision => decision.snapshot.paths.length);
        for (const [newest] of groups.values()) expect(newest?.kind).toBe('keep');
      }),
    );
  });

  test('a group keeps no more than all quotas together', () => {
    fc.assert(
      fc.property(history, quotas, (snapshots, policy) => {
        for (const group of Map.groupBy(keptOf(snapshots, policy), ({ paths }) => paths.length).values()) {
          expect(group.length).toBeLessThanOrEqual(policy.keepDaily + policy.keepWeekly + policy.keepMonthly);
        }
      }),
    );
  });

  test('a larger quota keeps everything that a smaller one keeps', () => {
    fc.assert(
      fc.property(
        history,
        quotas,
        fc.constantFrom('keepDaily', 'keepWeekly', 'keepMonthly'),
        (snapshots, policy, rule) => {
          const more = new Set(keptOf(snapshots, { ...policy, [rule]: policy[rule] + 1 }));
          for (const kept of keptOf(snapshots, policy)) expect(more).toContain(kept);
        },
      ),
    );
  });

  test('what is left after a retention is left alone by the next', () => {
    fc.assert(
      fc.property(history, quotas, (snapshots, policy) => {
        const kept = keptOf(snapshots, policy);
        expect(keptOf(kept, policy)).toEqual(kept);
      }),
    );
  });

  test('the order in which snapshots are listed does not matter', () => {
    fc.assert(
      fc.property(history, quotas, (snapshots, policy) => {
        const ids = (list: readonly RetainableSnapshot[]): string[] => keptOf(list, policy).map(({ id }) => id);
        expect(ids(snapshots.toReversed()).toSorted()).toEqual(ids(snapshots).toSorted());
      }),
    );
  });
});
