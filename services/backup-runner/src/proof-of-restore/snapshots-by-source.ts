import type { BackupSource, StepOutcome, TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';

/** The snapshots of a run, one of each source. */
export type SnapshotsBySource = Readonly<Record<BackupSource, TakenSnapshot>>;

/** @throws Error when a step before has not taken its own: proving comes after all of them. */
export function snapshotsBySource(outcomes: readonly StepOutcome[]): SnapshotsBySource {
  const taken = outcomes.flatMap(outcome => ('snapshots' in outcome ? outcome.snapshots : []));
  const of = (source: BackupSource): TakenSnapshot => {
    const snapshot = taken.find(candidate => candidate.source === source);
    if (snapshot === undefined) throw new Error(`no step has taken a snapshot of ${source}`);
    return snapshot;
  };
  return { mongodb: of('mongodb'), keycloak: of('keycloak'), files: of('files'), configuration: of('configuration') };
}
