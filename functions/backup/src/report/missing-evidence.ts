import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { BackupSource, BackupStep } from '@innkeeper/shared/contracts/backup/steps';
import { isDeep } from '../run/calendar.ts';
import { finishedStep, takenSnapshots } from '../telling/taken-snapshots.ts';

/** What a run that calls itself finished has not shown; empty when it has shown everything its day asks for. Pure. */
export function missingEvidence(run: BackupRun): string[] {
  const steps = BackupStep.options.filter(step => finishedStep(run, step) === undefined);
  const taken = new Set(takenSnapshots(run).map(({ source }) => source));
  const sources = BackupSource.options.filter(source => !taken.has(source));
  const deep = isDeep(run.types);
  const isPruned = finishedStep(run, 'retaining')?.outcome.pruned !== undefined;
  const isRead = finishedStep(run, 'checking')?.outcome.subset !== undefined;
  const isDrilled = finishedStep(run, 'restoring')?.outcome.drill !== undefined;
  return [
    ...steps.map(step => `step ${step}`),
    ...sources.map(source => `snapshot of ${source}`),
    ...(run.types.includes('monthly') && !isPruned ? ['prune'] : []),
    ...(deep && !isRead ? ['reading of the data'] : []),
    ...(deep && !isDrilled ? ['drill'] : []),
  ];
}
