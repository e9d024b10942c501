import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { finishedStep, takenSnapshots, totalsOf } from '../run/outcomes.ts';

/**
 * The one line of the log that says how a run ended, with every figure metrics are made of (`alerts/metrics.ts`).
 * Figures a run did not come to are absent. Pure.
 */
export type RunLine = {
  readonly runId: string;
  /** The deepest of its types. */
  readonly type: 'daily' | 'weekly' | 'monthly';
  readonly trigger: BackupRun['trigger']['kind'];
  readonly outcome: 'done' | 'failed';
  readonly reason: string | undefined;
  readonly during: string | undefined;
  /** From planning until the server was gone. */
  readonly durationMs: number | undefined;
  readonly snapshots: number;
  readonly totalBytes: number;
  readonly totalFiles: number;
  readonly addedBytes: number;
  readonly kept: number | undefined;
  readonly removed: number | undefined;
  readonly deferred: number | undefined;
  readonly freedBytes: number | undefined;
  readonly restoredFiles: number | undefined;
  readonly comparedFiles: number | undefined;
  readonly restoredBytes: number | undefined;
  /** Only of a drill: until databases and files were back and compared. */
  readonly recoveryMs: number | undefined;
  readonly overheadMs: number | undefined;
  readonly anomalies: number;
  readonly startedHours: number | undefined;
  /** Net; a figure for charts, not for accounts. */
  readonly cost: number | undefined;
  readonly currency: string | undefined;
};

export const RUN_ENDED = 'backup.run_ended';

export function runLine(run: BackupRun): RunLine {
  const { bytes, files, added } = totalsOf(run);
  const retaining = finishedStep(run, 'retaining')?.outcome;
  const restoring = finishedStep(run, 'restoring');
  const { failure, cost, endedAt } = run;
  return {
    runId: run.runId,
    type: (['monthly', 'weekly'] as const).find(type => run.types.includes(type)) ?? 'daily',
    trigger: run.trigger.kind,
    outcome: failure === undefined ? 'done' : 'failed',
    reason: failure?.reason,
    during: failure?.during,
    durationMs: endedAt === undefined ? undefined : Date.parse(endedAt) - Date.parse(run.createdAt),
    snapshots: takenSnapshots(run).length,
    totalBytes: bytes,
    totalFiles: files,
    addedBytes: added,
    kept: retaining?.kept,
    removed: retaining?.removed.length,
    deferred: retaining?.deferred,
    freedBytes: retaining?.pruned?.freedBytes,
    restoredFiles: restoring?.outcome.files,
    comparedFiles: restoring?.outcome.compared,
    restoredBytes: restoring?.outcome.bytes,
    recoveryMs: restoring?.outcome.drill === undefined ? undefined : restoring.durationMs,
    overheadMs: run.overheadMs,
    anomalies: run.anomalies.length,
    startedHours: cost?.startedHours,
    cost: cost === undefined ? undefined : Number(cost.amount),
    currency: cost?.currency,
  };
}
