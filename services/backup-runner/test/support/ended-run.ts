import { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';

/** A run's document as `functions/backup` leaves it, with as little in it as tests of reading it need. */
export function endedRun(runId: string, endedAt: Date, changes: object = {}): BackupRun {
  const at = endedAt.toISOString();
  return BackupRun.parse({
    v: 1,
    runId,
    day: runId.slice(0, 10),
    zone: 'Europe/Lisbon',
    types: ['daily'],
    trigger: { kind: 'schedule' },
    state: 'done',
    createdAt: at,
    stateSince: at,
    stateDeadline: at,
    runDeadline: at,
    endedAt: at,
    creation: { attempts: 1 },
    credential: { tokenHash: 'x', expiresAt: at },
    lastSequence: 3,
    outcomes: [{ durationMs: 1, outcome: RESTORING }],
    anomalies: [],
    told: {},
    ...changes,
  });
}

const RESTORING = { step: 'restoring', files: 143, compared: 140, changed: 3, bytes: 9, canary: true } as const;

/** Of a run that rebuilt the databases, too. */
export const REBUILT = {
  outcomes: [
    {
      durationMs: 1,
      outcome: {
        ...RESTORING,
        drill: {
          mongodb: { collections: 1, documents: 1, digest: 'd1' },
          keycloak: { tables: 1, rows: 1, digest: 'd2' },
          files: { files: 1, bytes: 1 },
        },
      },
    },
  ],
};
