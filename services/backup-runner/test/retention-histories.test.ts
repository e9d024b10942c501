import { decideRetention } from '@innkeeper/shared/domain/retention';
import { expect, it } from 'vitest';
import { compareHistories, type Decide } from '../proof/histories/compare-histories.ts';

const restic = process.env['RESTIC_BINARY'] ?? 'restic';

/** Ten thousand: `./dev prove-retention --histories 10000`. */
it('decides on random histories as restic does', async () => {
  const outcome = await compareHistories({ histories: 300, seed: 4_200, restic });
  expect(outcome.differences).toEqual([]);
  expect(outcome.histories).toBe(300);
  expect(outcome.removed).toBeGreaterThan(1_000);
});

const countsDaysInUtc: Decide = (snapshots, quotas) => {
  const original = new Map(snapshots.map(snapshot => [snapshot.id, snapshot]));
  const shifted = snapshots.map(snapshot => ({ ...snapshot, time: new Date(snapshot.time).toISOString() }));
  return decideRetention(shifted, quotas).map(decision => ({
    ...decision,
    snapshot: original.get(decision.snapshot.id) ?? decision.snapshot,
  }));
};
const forgetsTheOldest: Decide = (snapshots, quotas) =>
  decideRetention(snapshots, quotas).map(decision =>
    decision.kind === 'keep' && decision.reasons.every(reason => reason.startsWith('oldest'))
      ? { kind: 'remove', snapshot: decision.snapshot }
      : decision,
  );
const keepsOneWeekMore: Decide = (snapshots, quotas) =>
  decideRetention(snapshots, { ...quotas, keepWeekly: quotas.keepWeekly + 1 });

it.each([
  ['counts days in UTC', countsDaysInUtc],
  ['forgets the oldest snapshot', forgetsTheOldest],
  ['keeps one week more', keepsOneWeekMore],
])('would notice a retention that %s', async (_, decide) => {
  const { differences } = await compareHistories({ histories: 20, seed: 4_200, restic, decide });
  expect(differences).not.toEqual([]);
  expect(differences[0]).toMatch(/^seed 42\d\d, .*; again: \.\/dev prove-retention --histories 1 --seed 42\d\d$/u);
});
