import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import { unreachable } from '@innkeeper/shared/result/result';
import { performAudited } from '../audit/perform-audited.ts';
import type { CommandContext, ExitCode } from '../command-line/run-command.ts';
import { FirestoreConfig, WorkersConfig } from '../config.ts';
import { connectWorkers, type Workers } from '../connect/connect-workers.ts';
import { describeJobs } from '../jobs/describe-jobs.ts';
import { showJobsUntilEnded, tellFailures, tellJobs } from '../jobs/show-jobs.ts';
import { readJobs, type Started, startJobs } from '../jobs/start-jobs.ts';
import type { BackfillOrder } from './read-backfill-order.ts';

/** `pnpm backfill`: walks are begun, looked at and ended; who did that is in the audit. I/O: the Workers, Firestore. */
export function performBackfill(order: BackfillOrder, context: CommandContext): Promise<ExitCode> {
  const workers = connectWorkers(parseConfig('backfill', WorkersConfig, context.environment));
  switch (order.kind) {
    case 'start':
      return start(order, workers, context);
    case 'status':
      return showStatus(order, workers, context);
    case 'cancel':
      return cancel(order, workers, context);
    default:
      return unreachable(order);
  }
}

type Order<Kind extends BackfillOrder['kind']> = Extract<BackfillOrder, { kind: Kind }>;

async function start(order: Order<'start'>, workers: Workers, context: CommandContext): Promise<ExitCode> {
  const { vendors, resources, from, to, dryRun } = order;
  const bounds = {
    ...(resources === undefined ? {} : { resources: [...resources] }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  };
  const begin = (): Promise<Started> => startJobs(workers, vendors, { purpose: 'backfill', ...bounds, dryRun });
  const started = dryRun ? await begin() : await beginAudited(order, { vendors, ...bounds }, begin, context);
  if (started === undefined) return 1;
  tellFailures(started.failures, context);
  if (started.jobs.length === 0) return 1;
  const code = order.watch
    ? await watch(started.jobs, order, workers, context)
    : tellJobs(started.jobs, order.json, context);
  return started.failures.length > 0 ? 1 : code;
}

function beginAudited(
  { as }: Order<'start'>,
  order: Parameters<typeof performAudited>[2]['order'],
  begin: () => Promise<Started>,
  context: CommandContext,
): Promise<Started | undefined> {
  const config = parseConfig('backfill', FirestoreConfig, context.environment);
  return performAudited(config, context, {
    command: 'backfill-start',
    as,
    order,
    act: async () => {
      const value = await begin();
      const facts = { jobs: value.jobs.map(job => job.jobId) };
      return { value, outcome: value.failures.length > 0 ? 'failed' : 'done', facts };
    },
  });
}

async function showStatus(order: Order<'status'>, workers: Workers, context: CommandContext): Promise<ExitCode> {
  const { jobs, failures } = await readJobs(workers, order.vendors);
  tellFailures(failures, context);
  const walks = jobs.filter(job => job.purpose === 'backfill');
  const isWatched = order.watch && walks.some(job => job.state === 'running');
  const code = isWatched ? await watch(walks, order, workers, context) : tellJobs(walks, order.json, context);
  return failures.length > 0 ? 1 : code;
}

async function watch(
  jobs: readonly ReadJob[],
  { json }: { readonly json: boolean },
  workers: Workers,
  context: CommandContext,
): Promise<ExitCode> {
  const command = { name: 'backfill', again: 'pnpm backfill status --watch' };
  const ended = await showJobsUntilEnded(jobs, command, workers, context);
  return ended === undefined ? 1 : tellJobs(ended, json, context);
}

async function cancel(order: Order<'cancel'>, workers: Workers, context: CommandContext): Promise<ExitCode> {
  const { jobs, failures } = await readJobs(workers, order.vendors);
  tellFailures(failures, context);
  const isMeant = (job: ReadJob): boolean =>
    order.job === undefined ? job.purpose === 'backfill' : job.jobId === order.job;
  const running = jobs.filter(job => job.state === 'running' && isMeant(job));
  if (running.length === 0) {
    context.err.write('No such walk is running.\n');
    return failures.length > 0 || order.job !== undefined ? 1 : 0;
  }
  const config = parseConfig('backfill', FirestoreConfig, context.environment);
  const ended = await performAudited(config, context, {
    command: 'backfill-cancel',
    as: order.as,
    order: { jobs: running.map(job => job.jobId) },
    act: async () => {
      const answers = await Promise.all(running.map(job => workers[job.source].cancelJob({ jobId: job.jobId })));
      tellFailures(
        answers.flatMap(answer => (answer.ok ? [] : [answer.error])),
        context,
      );
      const value = answers.flatMap(answer => (answer.ok ? [answer.value.job] : []));
      const isWhole = value.length === running.length;
      return { value, outcome: isWhole ? 'done' : 'failed', facts: { ended: value.length } };
    },
  });
  if (ended === undefined) return 1;
  context.out.write(`${describeJobs(ended)}\n`);
  return ended.length === running.length && failures.length === 0 ? 0 : 1;
}
