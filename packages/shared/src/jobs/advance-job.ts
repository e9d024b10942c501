import type { ReadJob } from '../contracts/read-job.ts';
import { type DeliveryFailure, detailOf, fateOf, retryDelaySeconds } from '../ingest/delivery-fate.ts';
import type { JobPorts } from './job-ports.ts';
import type { JobPhase, StoredJob } from './job-store.ts';

/** How a job's stored state moves. A step that was overtaken (the job was cancelled under way) moves nothing. I/O: the job store. */
export interface JobProgress {
  readonly phase: JobPhase;
  readonly job: Partial<ReadJob>;
  readonly comparedTo?: string;
  readonly unreadable?: StoredJob['unreadable'];
  /** Things that the page showed. */
  readonly seen?: readonly string[];
}

type StatePorts = Pick<JobPorts, 'jobs' | 'now' | 'random' | 'log'>;

export function advanceJob(ports: StatePorts, stored: StoredJob, { job, seen, ...step }: JobProgress): void {
  if (wasOvertaken(ports, stored)) return;
  const { problem: _solved, ...known } = stored.job;
  const updatedAt = new Date(ports.now()).toISOString();
  ports.jobs.put({ ...stored, ...step, attempts: 0, notBeforeMs: 0, job: { ...known, ...job, updatedAt } }, seen);
}

/** The job ends here, but for its report. */
export function endJob(
  ports: StatePorts,
  stored: StoredJob,
  state: 'failed' | 'cancelled',
  problem?: ReadJob['problem'],
): void {
  const endedAt = new Date(ports.now()).toISOString();
  advanceJob(ports, stored, {
    phase: 'report',
    job: { state, endedAt, ...(problem === undefined ? {} : { problem }) },
  });
}

/** A day at the longest wait, as long as the queue tries a delivery. */
const ATTEMPTS_MAX = 100;

/** The step is tried again later; what can never go well ends the job. */
export function postponeJob(ports: StatePorts, stored: StoredJob, failure: DeliveryFailure): void {
  if (wasOvertaken(ports, stored)) return;
  const { jobId } = stored.job;
  const fate = fateOf(failure);
  const problem = { reason: failure.kind, detail: detailOf(failure) };
  const attempts = stored.attempts + 1;
  if (stored.job.state === 'running' && (fate.act === 'park' || attempts >= ATTEMPTS_MAX)) {
    ports.log.error('job.failed', { jobId, ...problem });
    return endJob(ports, stored, 'failed', problem);
  }
  const notBeforeMs = fate.act === 'retry' ? fate.notBeforeMs : 0;
  const updatedAt = new Date(ports.now()).toISOString();
  if (failure.kind === 'vendor_limited') {
    // Its turn comes when the limit allows: that is its pace, and worth telling only where it takes long.
    const waitMs = Math.max(notBeforeMs, PACE_MS);
    const job = waitMs > LONG_PAUSE_MS ? { ...stored.job, problem, updatedAt } : stored.job;
    return ports.jobs.put({ ...stored, notBeforeMs: ports.now() + waitMs, job });
  }
  ports.log[fate.act === 'retry' && fate.alert ? 'error' : 'warn']('job.postponed', { jobId, attempts, ...problem });
  const waitMs = retryDelaySeconds(attempts, notBeforeMs, ports.random) * 1000;
  const job = { ...stored.job, problem, updatedAt };
  ports.jobs.put({ ...stored, attempts, notBeforeMs: ports.now() + waitMs, job });
}

/** Where the limit does not say for how long it is used up. */
const PACE_MS = 1_000;
const LONG_PAUSE_MS = 60_000;

/** Whether the job was cancelled while a step of it was under way. */
export function wasOvertaken(ports: StatePorts, stored: StoredJob): boolean {
  const current = ports.jobs.get(stored.job.jobId);
  return current?.phase !== stored.phase || current.job.state !== stored.job.state;
}

const EXAMPLES_MAX = 50;

export const withExamples = (job: ReadJob, keys: readonly string[]): string[] =>
  [...job.examples, ...keys].slice(0, EXAMPLES_MAX);
