import { formatBytes } from '@innkeeper/shared/backup/format-figures';
import { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok } from '@innkeeper/shared/result/result';
import { type RestoreResult, resticFailure } from '../failure.ts';
import type { RestoreDesk } from '../restore-desk.ts';
import { explainRuns, type RunRetention } from '../runs/run-retention.ts';
import { formatInstant } from '../screen/format.ts';

/** What a person or a program is told of a run. */
interface ListedRun {
  readonly runId: string;
  readonly takenAt: string;
  readonly complete: boolean;
  readonly missing: readonly BackupSource[];
  readonly snapshots: Readonly<
    Partial<Record<BackupSource, { id: string; bytes: number | null; files: number | null }>>
  >;
  readonly kept: boolean;
  /** Why, and until when. */
  readonly why: readonly string[];
}

export async function listRuns(desk: RestoreDesk, asJson: boolean): RestoreResult<void> {
  const snapshots = await desk.restic.snapshots();
  if (!snapshots.ok) return err(resticFailure(snapshots.error));
  const runs = explainRuns(snapshots.value, desk.now()).map(describe);
  desk.print(asJson ? JSON.stringify(runs, undefined, 2) : inWords(runs));
  return ok(undefined);
}

function describe({ run, kept, why }: RunRetention): ListedRun {
  const held = BackupSource.options.flatMap(source => {
    const snapshot = run.snapshots[source];
    return snapshot === undefined ? [] : [{ source, snapshot }];
  });
  return {
    runId: run.runId,
    takenAt: run.takenAt.toISOString(),
    complete: run.missing.length === 0,
    missing: run.missing,
    snapshots: Object.fromEntries(
      held.map(({ source, snapshot }) => [
        source,
        { id: snapshot.id, bytes: snapshot.totalBytes ?? null, files: snapshot.totalFiles ?? null },
      ]),
    ),
    kept,
    why,
  };
}

function inWords(runs: readonly ListedRun[]): string {
  if (runs.length === 0) return 'The repository holds no run yet.';
  return runs
    .map(run => {
      const sizes = BackupSource.options.flatMap(source => {
        const snapshot = run.snapshots[source];
        if (snapshot === undefined) return [];
        const files = source === 'files' && snapshot.files !== null ? ` in ${snapshot.files} files` : '';
        return [`${source} ${snapshot.bytes === null ? '?' : formatBytes(snapshot.bytes)}${files}`];
      });
      return [
        `${run.complete ? '✓' : '!'} ${run.runId.padEnd(20)} ${formatInstant(new Date(run.takenAt))}   ` +
          sizes.join(' · '),
        ...(run.complete ? [] : [`  incomplete: no ${run.missing.join(', no ')}`]),
        ...run.why.map(sentence => `  ${sentence}`),
      ].join('\n');
    })
    .join('\n');
}
