import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import type { OperateError } from '@innkeeper/shared/operate/operate-client';
import type { Workers } from '../connect/connect-workers.ts';
import type { ProgressScreen } from '../terminal/progress-screen.ts';
import { jobProgress } from './job-progress.ts';

/** Looks at walks in the Workers until each has ended. They need nobody who watches. I/O: the Workers. */
export interface JobsWatch {
  readonly workers: Workers;
  readonly screen: ProgressScreen;
  /** Ends early, without a failure, when it is interrupted. */
  readonly pause: (ms: number) => Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  readonly clock: () => number;
  readonly interrupted: AbortSignal;
}

export interface Watched {
  /** As they were seen last. */
  readonly jobs: readonly ReadJob[];
  readonly end: 'ended' | 'interrupted' | { readonly lost: OperateError };
}

const LOOK_EVERY_MS = 1_000;
/** A Worker that is deployed anew is back within seconds; the walk goes on meanwhile. */
const SILENCE_MS_MAX = 30_000;

export async function watchJobs(watch: JobsWatch, begun: readonly ReadJob[]): Promise<Watched> {
  const jobs = new Map(begun.map(job => [job.jobId, job]));
  let heardAt = watch.clock();
  watch.screen.show([...jobs.values()].map(jobProgress));
  while (isRunning(jobs) && !watch.interrupted.aborted) {
    await watch.pause(LOOK_EVERY_MS);
    const failure = await look(watch.workers, jobs);
    if (failure === undefined) heardAt = watch.clock();
    watch.screen.show([...jobs.values()].map(jobProgress));
    if (failure !== undefined && (watch.clock() - heardAt >= SILENCE_MS_MAX || isFinal(failure)))
      return finish(watch, jobs, { lost: failure });
  }
  return finish(watch, jobs, isRunning(jobs) ? 'interrupted' : 'ended');
}

function finish(watch: JobsWatch, jobs: ReadonlyMap<string, ReadJob>, end: Watched['end']): Watched {
  watch.screen.end();
  return { jobs: [...jobs.values()], end };
}

const isRunning = (jobs: ReadonlyMap<string, ReadJob>): boolean =>
  [...jobs.values()].some(job => job.state === 'running');

/** Waiting does not change these. */
const isFinal = ({ kind }: OperateError): boolean => kind === 'unauthorised' || kind === 'unreadable';

async function look(workers: Workers, jobs: Map<string, ReadJob>): Promise<OperateError | undefined> {
  const running = [...jobs.values()].filter(job => job.state === 'running');
  const vendors: RecordSource[] = [...new Set(running.map(job => job.source))];
  const states = await Promise.all(vendors.map(vendor => workers[vendor].state()));
  let failure: OperateError | undefined;
  for (const state of states) {
    if (!state.ok) failure = state.error;
    else for (const job of state.value.jobs) if (jobs.has(job.jobId)) jobs.set(job.jobId, job);
  }
  return failure;
}
