import type { OperateRequest } from '../contracts/operate.ts';
import type { JobPurpose, ReadJob } from '../contracts/read-job.ts';
import type { CallLane } from '../hydration/rate-gate.ts';
import { err, ok, type Result } from '../result/result.ts';
import { endJob, postponeJob } from './advance-job.ts';
import type { JobPorts } from './job-ports.ts';
import type { StoredJob } from './job-store.ts';
import { laneOf, type ResourcePlan } from './page-reader.ts';
import { runJobStep } from './run-job-step.ts';

/** All read jobs of one vendor: started, walked step by step, ended, and forgotten in time. I/O: the ports. */
export interface ReadJobs {
  start(request: JobsToStart): Result<readonly ReadJob[], JobRefusal>;
  cancel(jobId: string): Result<ReadJob, JobRefusal>;
  list(): readonly ReadJob[];
  /** Runs steps one after another, gap checks first, as long as some are due and `mayStep` agrees. Never rejects. */
  run(mayStep: (lane: CallLane) => boolean): Promise<void>;
  /** When the next step is due, of one lane where it is named; `undefined` where no job runs. */
  nextDueMs(lane?: CallLane): number | undefined;
}

export type JobsToStart = OperateRequest<'start-jobs'>;

export interface JobRefusal {
  /** `not_found`: no such job. `resource_unknown`: the vendor has no such list for this purpose. */
  readonly kind: 'not_found' | 'resource_unknown';
  readonly detail: string;
}

/** Ended jobs that are kept for operators to see, by resource and purpose; their reports stay in Firestore. */
const ENDED_KEPT = 2;

export function createReadJobs(ports: JobPorts): ReadJobs {
  let underWay: Promise<void> | undefined;

  const startOne = (request: JobsToStart, plan: ResourcePlan): ReadJob => {
    const { purpose, dryRun } = request;
    const same = ports.jobs.all().filter(({ job }) => job.resource === plan.resource && job.purpose === purpose);
    const running = same.find(({ job }) => job.state === 'running' && (job.dryRun ?? false) === dryRun);
    if (running !== undefined) return running.job;
    const ended = same.filter(({ phase }) => phase === 'ended');
    for (const { job } of ended.slice(ENDED_KEPT - 1)) ports.jobs.remove(job.jobId);
    const stored = newJob(ports, request, plan);
    ports.jobs.put(stored);
    ports.log.info('job.started', { jobId: stored.job.jobId, purpose, resource: plan.resource, dryRun });
    return stored.job;
  };

  const due = (): StoredJob | undefined => nextStep(ports, ports.jobs.all());

  const runAll = async (mayStep: (lane: CallLane) => boolean): Promise<void> => {
    for (let stored = due(); stored !== undefined && mayStep(laneOf(stored.job.purpose)); stored = due()) {
      try {
        await runJobStep(ports, stored);
      } catch (error) {
        // A bug: the job stays, and the waits grow until a person has seen this line.
        const reason = error instanceof Error ? error.name : 'unknown';
        ports.log.error('job.crashed', { jobId: stored.job.jobId, error: reason });
        postponeJob(ports, stored, { kind: 'unavailable', detail: `the step broke off (${reason})` });
      }
    }
  };

  return {
    start: request => {
      const plans = ports.pages.resources.filter(
        ({ resource, purposes }) =>
          purposes.includes(request.purpose) && (request.resources?.includes(resource) ?? true),
      );
      const unknown = request.resources?.filter(name => !plans.some(({ resource }) => resource === name)) ?? [];
      if (unknown.length > 0) {
        return err({ kind: 'resource_unknown', detail: `no ${request.purpose} of ${unknown.join(', ')}` });
      }
      return ok(plans.map(plan => startOne(request, plan)));
    },
    cancel: jobId => {
      const stored = ports.jobs.get(jobId);
      if (stored === undefined) return err({ kind: 'not_found', detail: `no job ${jobId}` });
      if (stored.job.state === 'running') endJob(ports, stored, 'cancelled');
      return ok(ports.jobs.get(jobId)?.job ?? stored.job);
    },
    list: () => ports.jobs.all().map(({ job }) => job),
    run: mayStep => {
      underWay ??= runAll(mayStep).finally(() => {
        underWay = undefined;
      });
      return underWay;
    },
    nextDueMs: lane => {
      const running = ports.jobs
        .all()
        .filter(({ phase, job }) => phase !== 'ended' && (lane === undefined || laneOf(job.purpose) === lane));
      const waits = running.map(({ notBeforeMs }) => notBeforeMs);
      return waits.length === 0 ? undefined : Math.min(...waits);
    },
  };
}

function newJob(ports: JobPorts, { purpose, from, to, dryRun }: JobsToStart, plan: ResourcePlan): StoredJob {
  const nowMs = ports.now();
  const startedAt = new Date(nowMs).toISOString();
  const { source } = ports.source;
  const isBounded = from !== undefined || to !== undefined;
  const given = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
  const findsPosition = purpose === 'gap-check' && !isBounded;
  const planned = findsPosition ? {} : plan.window(purpose, nowMs, undefined);
  const job: ReadJob = {
    v: 1,
    jobId: [source, plan.resource, purpose, startedAt.replace(/[-:.]/gu, ''), ...(dryRun ? ['dry'] : [])].join('-'),
    source,
    purpose,
    resource: plan.resource,
    window: { ...planned, ...given },
    state: 'running',
    ...(dryRun ? { dryRun } : {}),
    counts: { pages: 0, read: 0, sent: 0, vanished: 0, unreadable: 0 },
    examples: [],
    startedAt,
    updatedAt: startedAt,
  };
  return {
    job,
    phase: findsPosition ? 'position' : 'pages',
    movesWatermark: findsPosition && !dryRun,
    attempts: 0,
    notBeforeMs: 0,
    unreadable: [],
  };
}

/** What heals gaps first; then as the vendor's lists depend on each other. */
const urgency: Record<JobPurpose, number> = { 'gap-check': 0, comparison: 1, backfill: 2 };

function nextStep({ pages, now }: JobPorts, all: readonly StoredJob[]): StoredJob | undefined {
  const nowMs = now();
  const order = ({ job }: StoredJob): number => pages.resources.findIndex(({ resource }) => resource === job.resource);
  return all
    .filter(({ phase, notBeforeMs }) => phase !== 'ended' && notBeforeMs <= nowMs)
    .sort((left, right) => urgency[left.job.purpose] - urgency[right.job.purpose] || order(left) - order(right))[0];
}
