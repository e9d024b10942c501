import type { ReadJob } from '../contracts/read-job.ts';

/**
 * Read jobs where a crash does not lose them. Synchronous, as SQLite in a Durable Object is, and each call all or
 * nothing. Implemented on SQLite for Durable Objects and in memory for tests; one contract suite
 * (`testing/job-store-contract.ts`) holds both to the same behaviour.
 */
export interface JobStore {
  /** Newest start first. */
  all(): readonly StoredJob[];
  get(jobId: string): StoredJob | undefined;
  /** Stores the job, and with it the things its last page showed. */
  put(stored: StoredJob, seen?: readonly string[]): void;
  /** Which of these things the job's pages have shown. */
  seen(jobId: string, things: readonly string[]): ReadonlySet<string>;
  /** The job is kept, what it saw is not. */
  forgetSeen(jobId: string): void;
  remove(jobId: string): void;
}

export interface StoredJob {
  readonly job: ReadJob;
  readonly phase: JobPhase;
  /** Attempts at the present step that failed. */
  readonly attempts: number;
  /** The next step may begin, ms. */
  readonly notBeforeMs: number;
  /** Its end is where the next gap check begins. */
  readonly movesWatermark: boolean;
  /** Document id of the last record that was compared with what the pages showed. */
  readonly comparedTo?: string;
  /** Things that could not be understood, at most 50. */
  readonly unreadable: readonly UnreadableThing[];
}

/** `position`: a gap check that has yet to learn where the last one ended. `report`: only its report is left to write. */
export type JobPhase = 'position' | 'pages' | 'comparison' | 'report' | 'ended';

export interface UnreadableThing {
  readonly key: string;
  readonly reason: string;
  readonly detail: string;
}
