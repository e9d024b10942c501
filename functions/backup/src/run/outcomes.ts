import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';

type Outcomes = Pick<BackupRun, 'outcomes'>;
type Outcome = BackupRun['outcomes'][number];
type StepName = Outcome['outcome']['step'];

/** What the steps of a run reported. Pure. */
export function takenSnapshots({ outcomes }: Outcomes): readonly TakenSnapshot[] {
  return outcomes.flatMap(({ outcome }) => ('snapshots' in outcome ? outcome.snapshots : []));
}

/** The finished step of this name with how long it took; `undefined` when it has not finished. */
export function finishedStep<S extends StepName>(
  { outcomes }: Outcomes,
  step: S,
): { readonly outcome: Extract<Outcome['outcome'], { step: S }>; readonly durationMs: number } | undefined {
  for (const { outcome, durationMs } of outcomes) if (isOf(outcome, step)) return { outcome, durationMs };
  return undefined;
}

const isOf = <S extends StepName>(
  outcome: Outcome['outcome'],
  step: S,
): outcome is Extract<Outcome['outcome'], { step: S }> => outcome.step === step;

/** Of all sources together, before deduplication, and what the vault had to take. */
export function totalsOf(run: Outcomes): { readonly bytes: number; readonly files: number; readonly added: number } {
  const taken = takenSnapshots(run);
  const sum = (of: (snapshot: TakenSnapshot) => number): number =>
    taken.reduce((total, snapshot) => total + of(snapshot), 0);
  return {
    bytes: sum(({ totalBytes }) => totalBytes),
    files: sum(({ totalFiles }) => totalFiles),
    added: sum(({ addedBytes }) => addedBytes),
  };
}
