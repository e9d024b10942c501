import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { BackupSource, TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { LocalDate } from '@innkeeper/shared/domain/local-time';

/** A good Sunday's run with everything a run can report; a test says only what it is about. */
export function exampleRun(changes: Partial<BackupRun> & { readonly day?: LocalDate } = {}): BackupRun {
  const day = changes.day ?? LocalDate.parse('2026-11-22');
  const at = (time: string): string => `${day}T${time}:00.000Z`;
  return {
    v: 1,
    runId: RunId.parse(day),
    day,
    zone: 'Europe/Lisbon',
    types: ['daily', 'weekly'],
    trigger: { kind: 'schedule' },
    state: 'done',
    createdAt: at('02:30'),
    stateSince: at('03:05'),
    stateDeadline: at('03:35'),
    runDeadline: at('08:30'),
    endedAt: at('03:05'),
    creation: { attempts: 1 },
    server: {
      id: 42_000_001,
      name: `backup-${day}`,
      type: 'cx23',
      location: 'nbg1',
      addresses: ['203.0.113.7'],
      imageId: 4_711,
      runnerVersion: '0.1.0',
      hourlyPrice: { amount: '0.0082000000', currency: 'EUR' },
      createdAt: at('02:31'),
      goneAt: at('03:05'),
    },
    credential: { tokenHash: '0'.repeat(64), expiresAt: at('02:51') },
    lastSequence: 12,
    outcomes: [
      {
        outcome: {
          step: 'dumping',
          snapshots: [exampleSnapshot('mongodb', 4_000_000_000, 1), exampleSnapshot('keycloak', 300_000_000, 1)],
        },
        durationMs: 240_000,
      },
      {
        outcome: {
          step: 'backing_up',
          snapshots: [exampleSnapshot('files', 8_000_000_000, 41_200), exampleSnapshot('configuration', 20_000, 1)],
        },
        durationMs: 480_000,
      },
      { outcome: { step: 'retaining', kept: 21, removed: ['a'.repeat(64)], deferred: 0 }, durationMs: 20_000 },
      { outcome: { step: 'checking', subset: '8/10' }, durationMs: 120_000 },
      {
        outcome: {
          step: 'restoring',
          files: 143,
          compared: 140,
          changed: 3,
          bytes: 90_000_000,
          canary: true,
          drill: {
            mongodb: { collections: 20, documents: 180_000, digest: 'd1' },
            keycloak: { tables: 90, rows: 4_000, digest: 'd2' },
            files: { files: 41_200, bytes: 8_000_000_000 },
          },
        },
        durationMs: 660_000,
      },
    ],
    overheadMs: 4_200,
    anomalies: [],
    cost: { startedHours: 1, amount: '0.0082', currency: 'EUR' },
    told: {},
    ...changes,
  };
}

export function exampleSnapshot(source: BackupSource, totalBytes: number, totalFiles: number): TakenSnapshot {
  const addedBytes = Math.round(totalBytes / 60);
  return { source, snapshotId: 'b'.repeat(64), totalBytes, totalFiles, addedBytes, durationMs: 60_000 };
}
