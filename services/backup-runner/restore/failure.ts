import type { RunnerFailure } from '@innkeeper/shared/contracts/backup/failure';
import type { Result } from '@innkeeper/shared/result/result';
import type { StepFailure } from '../src/run/step.ts';

/** Why a restore did not happen or is not to be trusted, as a person reads it. */
export interface RestoreFailure {
  readonly reason: RestoreReason;
  readonly sentence: string;
  /** What to do now. */
  readonly nextStep?: string;
}

export type RestoreReason =
  | RunnerFailure
  | 'no_such_run'
  | 'source_missing'
  | 'not_in_snapshot'
  | 'target_not_empty'
  | 'target_is_source'
  | 'target_unusable'
  | 'no_space'
  | 'database_unreachable'
  | 'archive_damaged'
  | 'load_failed'
  | 'restored_differs'
  | 'erasures_unknown'
  | 'erasure_failed'
  | 'interrupted';

export type RestoreResult<T> = Promise<Result<T, RestoreFailure>>;

type Advice = Pick<RestoreFailure, 'sentence' | 'nextStep'>;

const ADVICE: Partial<Record<RunnerFailure, Advice>> = {
  program_missing: {
    sentence: 'restic is not installed.',
    nextStep: 'Install restic 0.19.1 or newer, or set RESTIC_BINARY.',
  },
  repository_missing: {
    sentence: 'There is no repository at this address.',
    nextStep: 'Check VAULT_URL and VAULT_REPOSITORY (or RESTIC_REPOSITORY).',
  },
  repository_wrong_password: {
    sentence: 'The password does not open the repository.',
    nextStep: 'Check RESTIC_PASSWORD. Without it nobody can read the backups.',
  },
  vault_unavailable: {
    sentence: 'The vault does not answer.',
    nextStep: 'Try again; if the vault is gone, set RESTIC_REPOSITORY to the bucket itself (DISASTER.md).',
  },
  vault_refused: {
    sentence: 'The vault refuses the token.',
    nextStep: 'Check that VAULT_SIGNING_KEY is the key the vault knows, and this machine’s clock.',
  },
  repository_damaged: {
    sentence: 'A part of the repository cannot be read.',
    nextStep: 'Try another run (pnpm restore list); delete nothing, and follow “Damaged repository” in DISASTER.md.',
  },
  repository_locked: {
    sentence: 'Somebody else holds the repository.',
    nextStep: 'See who: pnpm backups unlock',
  },
  restic_cancelled: {
    sentence: 'Interrupted. A target may be incomplete.',
    nextStep: 'The same command goes on where it stopped.',
  },
  disk_full: { sentence: 'The disk of the target is full.', nextStep: 'Make room and repeat the same command.' },
};

/** What restic reported, in words for a person. */
export function resticFailure({ reason, detail }: StepFailure): RestoreFailure {
  const advice = ADVICE[reason];
  return advice === undefined ? { reason, sentence: `restic failed: ${detail}` } : { reason, ...advice };
}
