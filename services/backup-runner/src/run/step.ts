import type { BeginReply } from '@innkeeper/shared/contracts/backup/exchange';
import type { RunnerFailure } from '@innkeeper/shared/contracts/backup/failure';
import type { Result } from '@innkeeper/shared/result/result';
import type { Restic } from '../restic/restic.ts';
import type { ProgramRunner } from './program-runner.ts';

/** Why a step ended the run. `detail` is one sentence without contents, secrets or file names of people. */
export interface StepFailure {
  readonly reason: RunnerFailure;
  readonly detail: string;
}

export type StepResult<T> = Promise<Result<T, StepFailure>>;

/** How far a step is; sent on as live progress. Never less than before within a step (the sender holds it to that). */
export interface StepProgress {
  readonly bytesDone: number;
  /** 0 while it is not known. */
  readonly bytesTotal: number;
}

/** What every step has at hand. Held in memory for one run. */
export interface RunContext {
  readonly order: BeginReply;
  /** With the credential of the night: appends and reads. */
  readonly restic: Restic;
  readonly programs: ProgramRunner;
  /** Empty folder of this run, gone with the server. */
  readonly workDirectory: string;
  /** Folder in memory (tmpfs), for files that hold credentials; mode 0700. */
  readonly secretDirectory: string;
  /** Root below which the filer's paths are mounted, the same every night: `/srv/innkeeper/files`. */
  readonly filesDirectory: string;
  /** How this program is started: Node and the file of `main`. As `… measure FILE -- PROGRAM …` it weighs a dump. */
  readonly ownProgram: readonly [node: string, file: string];
  readonly progress: (progress: StepProgress) => void;
  /** Aborted when the server's own deadline is reached or the function says stop. */
  readonly signal: AbortSignal;
  readonly now: () => Date;
}
