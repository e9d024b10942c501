import type { RetentionReply } from '@innkeeper/shared/contracts/backup/exchange';
import type { BackupStep, StepOutcome } from '@innkeeper/shared/contracts/backup/steps';
import type { Restic } from '../restic/restic.ts';
import type { RunContext, StepResult } from './step.ts';

/** The work of a run, in the order in which it is done. Each step ends with its outcome or ends the run. */
export interface RunSteps {
  readonly dumpDatabases: DumpDatabases;
  readonly backUpFiles: BackUpFiles;
  readonly retain: Retain;
  readonly checkRepository: CheckRepository;
  readonly proveRestore: ProveRestore;
}

export type OutcomeOf<S extends BackupStep> = Extract<StepOutcome, { step: S }>;

export type DumpDatabases = (context: RunContext) => StepResult<OutcomeOf<'dumping'>>;
export type BackUpFiles = (context: RunContext) => StepResult<OutcomeOf<'backing_up'>>;
export type Retain = (
  context: RunContext,
  askForCredential: () => StepResult<RetentionAccess>,
) => StepResult<OutcomeOf<'retaining'>>;
export type CheckRepository = (context: RunContext) => StepResult<OutcomeOf<'checking'>>;
/** `outcomes`: what the steps before it did, with the snapshots that it proves. */
export type ProveRestore = (
  context: RunContext,
  outcomes: readonly StepOutcome[],
) => StepResult<OutcomeOf<'restoring'>>;

/** The credential that may forget, for some minutes, and restic opened with it. */
export interface RetentionAccess {
  readonly reply: RetentionReply;
  readonly restic: Restic;
}
