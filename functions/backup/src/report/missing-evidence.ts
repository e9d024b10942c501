import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { BackupSource, BackupStep, type TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { checkSubset, isDeep } from '../run/calendar.ts';
import { finishedStep, takenSnapshots } from '../run/outcomes.ts';

/** What a run that calls itself finished has not shown; empty when it has shown everything its day asks for. Pure. */
export function missingEvidence(run: BackupRun): string[] {
  const retaining = finishedStep(run, 'retaining')?.outcome;
  const checking = finishedStep(run, 'checking')?.outcome;
  const restoring = finishedStep(run, 'restoring')?.outcome;
  const deep = isDeep(run.types);
  return [
    ...BackupStep.options.filter(step => finishedStep(run, step) === undefined).map(step => `step ${step}`),
    ...sourcesNotTaken(run).map(source => `snapshot of ${source}`),
    ...(restoring?.files === 0 ? ['files read back'] : []),
    ...(run.types.includes('monthly') && retaining?.pruned === undefined ? ['prune'] : []),
    // The week's own part of the data, not any.
    ...(deep && checking?.subset !== checkSubset(run.day) ? ['reading of the data'] : []),
    ...(deep && !isRebuilt(restoring?.drill) ? ['drill'] : []),
  ];
}

function sourcesNotTaken(run: BackupRun): BackupSource[] {
  const held = takenSnapshots(run).filter(isOfSomething);
  return BackupSource.options.filter(source => !held.some(snapshot => snapshot.source === source));
}

/** Files may all be empty, as a folder's sentinel is; a dump and the configuration may not. */
const isOfSomething = ({ source, totalFiles, totalBytes }: TakenSnapshot): boolean =>
  totalFiles > 0 && (source === 'files' || totalBytes > 0);

type Drill = NonNullable<ReturnType<typeof finishedStep<'restoring'>>>['outcome']['drill'];

const isRebuilt = (drill: Drill): boolean =>
  drill !== undefined && drill.mongodb.collections > 0 && drill.keycloak.tables > 0 && drill.files.files > 0;
