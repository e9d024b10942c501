import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { Restic } from '../src/restic/restic.ts';
import type { ProgramRunner } from '../src/run/program-runner.ts';
import type { TargetConfig } from './config.ts';
import type { RestoreResult } from './failure.ts';
import type { ProgressScreen } from './screen/progress-screen.ts';

/** What every command has at hand. */
export interface RestoreDesk {
  readonly restic: Restic;
  readonly programs: ProgramRunner;
  readonly targets: TargetConfig;
  readonly filesDirectory: string;
  /** Where pending erasures are; a failure when this machine is not told of any Firestore. */
  readonly operations: () => RestoreResult<DocumentStore>;
  /** The database of a project that was restored. */
  readonly firestore: (project: string, database: string) => Promise<DocumentStore>;
  /** Results: standard output. */
  readonly print: (text: string) => void;
  readonly progress: ProgressScreen;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** Account on this machine. */
  readonly user: string;
}
