import fc from 'fast-check';
import { expect, test } from 'vitest';
import { retainCompleteRuns } from './retain-complete-runs.ts';
import { decideRetention, type RetainableSnapshot, type RetentionDecision } from './retention.ts';

const QUOTAS = { keepDaily: 2, keepWeekly: 1, keepMonthly: 0 };

const snapshot = (time: string): RetainableSnapshot => ({ id: time, time, host: 'innkeeper', paths: ['/files'] });
const keptIds = (decisions: readonly RetentionDecision[]): string[] =>
  decisions.filter(({ kind }) => kind === 'keep').map(decision => decision.snapshot.id);

test('a broken run that is the last of its day and week takes the place of nothing', () => {
  const whole = ['2026-11-14T02:30:00Z', '2026-11-15T02:30:00Z', '2026-11-16T02:30:00Z'].map(snapshot);
  const part = snapshot('2026-11-15T18:00:00Z');
  const { all, decisions } = retainCompleteRuns([...whole, part], QUOTAS, new Set([part.id]));
  expect(keptIds(all)).not.toContain('2026-11-15T02:30:00Z');
  expect(keptIds(decisions)).toEqual(['2026-11-16T02:30:00Z', part.id, '2026-11-15T02:30:00Z']);
});

test('nights without a single complete run are kept as ever', () => {
  const parts = ['2026-11-14T02:30:00Z', '2026-11-15T02:30:00Z', '2026-11-16T02:30:00Z'].map(snapshot);
  const { all, complete, decisions } = retainCompleteRuns(parts, QUOTAS, new Set(parts.map(({ id }) => id)));
  expect(complete).toEqual([]);
  expect(decisions).toEqual(all);
});

const history = fc
  .array(fc.record({ hours: fc.integer({ min: 0, max: 3_000 }), isBroken: fc.boolean() }), { maxLength: 60 })
  .map(runs => {
    const taken = runs.map(({ hours, isBroken }, index) => ({
      ...snapshot(`${new Date(1_790_000_000_000 + hours * 3_600_000).toISOString().slice(0, 19)}Z`),
      id: `s${index}`,
      isBroken,
    }));
    return { taken, incomplete: new Set(taken.filter(({ isBroken }) => isBroken).map(({ id }) => id)) };
  });
const quota = fc.integer({ min: 0, max: 5 });
const quotas = fc
  .record({ keepDaily: quota, keepWeekly: quota, keepMonthly: quota })
  .filter(({ keepDaily, keepWeekly, keepMonthly }) => keepDaily + keepWeekly + keepMonthly > 0);

test('whatever complete runs would keep among themselves is kept, and nothing that the policy does not know', () => {
  fc.assert(
    fc.property(history, quotas, ({ taken, incomplete }, policy) => {
      const { decisions } = retainCompleteRuns(taken, policy, incomplete);
      const whole = taken.filter(({ isBroken }) => !isBroken);
      const expected = new Set([
        ...keptIds(decideRetention(whole, policy)),
        ...keptIds(decideRetention(taken, policy)),
      ]);
      expect(decisions.map(decision => decision.snapshot.id).toSorted()).toEqual(taken.map(({ id }) => id).toSorted());
      expect(new Set(keptIds(decisions))).toEqual(expected);
    }),
  );
});

test('what is left after a retention is left alone by the next', () => {
  fc.assert(
    fc.property(history, quotas, ({ taken, incomplete }, policy) => {
      const kept = new Set(keptIds(retainCompleteRuns(taken, policy, incomplete).decisions));
      const left = taken.filter(({ id }) => kept.has(id));
      expect(new Set(keptIds(retainCompleteRuns(left, policy, incomplete).decisions))).toEqual(kept);
    }),
  );
});
