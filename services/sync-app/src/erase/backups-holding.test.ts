import { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { expect, test } from 'vitest';
import { holdingBackups } from './backups-holding.ts';

const NOW = new Date('2026-11-21T10:00:00.000Z');

/** Of a night, with one snapshot of the chat's database; `removed` is what its retention took away. */
function run(day: string, removed: readonly string[] = []): BackupRun {
  const at = `${day}T02:30:00.000Z`;
  const snapshot = {
    source: 'mongodb',
    snapshotId: idOf(day),
    totalBytes: 1,
    totalFiles: 1,
    addedBytes: 1,
    durationMs: 1,
  };
  return BackupRun.parse({
    v: 1,
    runId: day,
    day,
    zone: 'Europe/Lisbon',
    types: ['daily'],
    trigger: { kind: 'schedule' },
    state: 'done',
    createdAt: at,
    stateSince: at,
    stateDeadline: at,
    runDeadline: at,
    creation: { attempts: 1 },
    credential: { tokenHash: '0'.repeat(64), expiresAt: at },
    lastSequence: 1,
    outcomes: [
      { outcome: { step: 'dumping', snapshots: [snapshot] }, durationMs: 1 },
      { outcome: { step: 'retaining', kept: 1, removed: [...removed], deferred: 0 }, durationMs: 1 },
    ],
    anomalies: [],
    told: {},
  });
}
const idOf = (day: string): string => day.replaceAll('-', '').padEnd(64, '0');

test('names the runs that still hold the chat, and the day on which each goes', () => {
  const { runs, obsoleteAfter } = holdingBackups(
    [run('2026-11-01'), run('2026-11-20', [idOf('2026-11-01')]), run('2026-11-21')],
    NOW,
  );
  expect(runs.map(({ runId }) => runId)).toEqual(['2026-11-21', '2026-11-20']);
  for (const { goesOn = '' } of runs) expect(goesOn > '2026-11-21').toBe(true);
  const last =
    runs
      .map(({ goesOn = '' }) => goesOn)
      .sort()
      .at(-1) ?? '';
  expect(obsoleteAfter > `${last}T00:00:00.000Z`).toBe(true);
});

test('without a run the order outlives what Google keeps of the database', () => {
  expect(holdingBackups([], NOW)).toEqual({ runs: [], obsoleteAfter: '2027-02-27T10:00:00.000Z' });
});

test('a year of nights is held for a year at most, and the order for longer', () => {
  const nights = Array.from({ length: 40 }, (_, index) =>
    run(new Date(NOW.getTime() - index * 86_400_000).toISOString().slice(0, 10)),
  );
  const { runs, obsoleteAfter } = holdingBackups(nights, NOW);
  expect(runs).toHaveLength(40);
  expect(obsoleteAfter > '2027-11-01' && obsoleteAfter < '2028-03-01').toBe(true);
});
