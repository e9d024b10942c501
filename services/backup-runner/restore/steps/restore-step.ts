import type { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import type { StepProgress } from '../../src/run/step.ts';
import type { RestoreFailure, RestoreResult } from '../failure.ts';

/**
 * One piece of a restore. Looking changes nothing and tells all that stands in the way; carrying out ends with a proof
 * that what is in the target is what the snapshot holds. Repeating a step that was broken off is safe.
 */
export interface RestoreStep {
  readonly name: string;
  inspect(): RestoreResult<StepOutlook>;
  carryOut(watch: StepWatch): RestoreResult<StepProof>;
}

export interface StepWatch {
  readonly progress: (progress: StepProgress) => void;
  readonly signal: AbortSignal;
}

export interface StepOutlook {
  readonly from: { readonly source: BackupSource; readonly snapshotId: string };
  /** Without a password. */
  readonly to: string;
  readonly bytes: number;
  /** What will be there, and what would be replaced: whole lines. */
  readonly lines: readonly string[];
  readonly obstacles: readonly RestoreFailure[];
}

export interface StepProof {
  readonly name: string;
  readonly source: BackupSource;
  readonly snapshotId: string;
  readonly to: string;
  readonly figures: Readonly<Record<string, number>>;
  /** How it was verified, one sentence. */
  readonly verified: string;
}
