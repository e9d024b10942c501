import { RETENTION } from '@innkeeper/shared/contracts/backup/exchange';
import { VAULT_MINIMUM_AGE_S } from '@innkeeper/shared/contracts/backup/vault-token';
import { decideRetention } from '@innkeeper/shared/domain/retention';
import { expect, it, test } from 'vitest';
import { PROVEN_SOURCES } from '../proof/days/backup-server.ts';
import { keepDiary } from '../proof/days/diary.ts';
import { planDays } from '../proof/days/plan-days.ts';
import { sourcesOf } from '../proof/days/play-day.ts';
import type { Decide } from '../proof/histories/compare-histories.ts';
import type { ResticSnapshot } from '../src/restic/restic.ts';
import { chooseRemovals } from '../src/retention/choose-removals.ts';

/** The days of the proof without restic and vault: what decides, against the calendar. */
function playDays(
  seed: number,
  decide: Decide,
  minimumAgeSeconds: number = VAULT_MINIMUM_AGE_S.snapshots,
): string | undefined {
  const diary = keepDiary();
  let there: readonly ResticSnapshot[] = [];
  let endedMs = 0;
  for (const { day, runs } of planDays({ seed, from: '2027-01-05', days: 400 })) {
    for (const planned of runs) {
      const beganMs = Math.max(Date.parse(day) + planned.beginsMinute * 60_000, endedMs + 60_000);
      endedMs = beganMs + planned.durationMinutes * 60_000;
      const fresh = sourcesOf(planned).map(source => snapshot(planned.runId, beganMs, PROVEN_SOURCES[source]));
      there = [...there, ...fresh];
      const run = { taken: fresh.length, endedAt: new Date(endedMs) };
      if (planned.failsAt !== undefined) diary.compare(there, run);
      else {
        const decisions = decide(there, RETENTION);
        const chosen = chooseRemovals({ decisions, runId: planned.runId, now: run.endedAt, minimumAgeSeconds });
        const removed = new Set(chosen.ok ? chosen.value.remove.map(({ id }) => id) : []);
        there = there.filter(({ id }) => !removed.has(id));
        const difference = diary.compare(there, { ...run, retention: { kept: there.length, removed: [...removed] } });
        if (difference !== undefined) return `${planned.runId}: ${difference}`;
      }
    }
  }
  return undefined;
}

const snapshot = (runId: string, beganMs: number, path: string): ResticSnapshot => ({
  id: `${runId} ${path}`,
  time: new Date(beganMs + 3_600_000).toISOString().replace('Z', '+01:00'),
  host: 'innkeeper',
  paths: [path],
  tags: [`run=${runId}`],
  totalBytes: 1,
  totalFiles: 1,
});

test.each([1, 2, 3])('400 days of seed %i keep what the calendar says', seed => {
  expect(playDays(seed, decideRetention)).toBeUndefined();
});

const keepsADayMore: Decide = (snapshots, quotas) =>
  decideRetention(snapshots, { ...quotas, keepDaily: quotas.keepDaily + 1 });
const forgetsTheMonths: Decide = (snapshots, quotas) => decideRetention(snapshots, { ...quotas, keepMonthly: 0 });

it('would be noticed if a day more were kept', () => {
  expect(playDays(1, keepsADayMore)).toContain('still there, though nothing keeps it');
});

it('would be noticed if no months were kept', () => {
  expect(playDays(1, forgetsTheMonths)).toContain('gone, though the calendar keeps it');
});

it('would be noticed if the rule of the vault were not waited for', () => {
  expect(playDays(1, decideRetention, 0)).toContain('gone, though the calendar keeps it');
});
