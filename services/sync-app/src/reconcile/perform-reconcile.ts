import { parseConfig } from '@innkeeper/shared/config/parse-config';
import type { Result } from '@innkeeper/shared/result/result';
import { performAudited } from '../audit/perform-audited.ts';
import type { CommandContext, ExitCode } from '../command-line/run-command.ts';
import { FirestoreConfig, WorkersConfig } from '../config.ts';
import { withStores } from '../connect/connect-stores.ts';
import { connectWorkers } from '../connect/connect-workers.ts';
import { endedWell } from '../jobs/describe-jobs.ts';
import { showJobsUntilEnded, tellFailures, tellJobs } from '../jobs/show-jobs.ts';
import { startJobs } from '../jobs/start-jobs.ts';
import { describeReports } from '../reports/describe-reports.ts';
import { type Report, readReports, readReportsOf } from '../reports/read-reports.ts';
import type { ReconcileOrder } from './read-reconcile-order.ts';

/** `pnpm reconcile`: a comparison now, or what comparisons found. I/O: the Workers, Firestore. */
export function performReconcile(order: ReconcileOrder, context: CommandContext): Promise<ExitCode> {
  return order.kind === 'compare' ? compare(order, context) : report(order, context);
}

async function compare(
  { vendors, watch, json, as }: Extract<ReconcileOrder, { kind: 'compare' }>,
  context: CommandContext,
): Promise<ExitCode> {
  const workers = connectWorkers(parseConfig('reconcile', WorkersConfig, context.environment));
  const config = parseConfig('reconcile', FirestoreConfig, context.environment);
  const started = await performAudited(config, context, {
    command: 'reconcile',
    as,
    order: { vendors },
    act: async () => {
      const value = await startJobs(workers, vendors, { purpose: 'comparison', dryRun: false });
      const facts = { jobs: value.jobs.map(job => job.jobId) };
      return { value, outcome: value.failures.length > 0 ? 'failed' : 'done', facts };
    },
  });
  if (started === undefined) return 1;
  tellFailures(started.failures, context);
  if (started.jobs.length === 0) return 1;
  if (!watch) return started.failures.length > 0 ? 1 : tellJobs(started.jobs, json, context);
  const command = { name: 'reconcile', again: 'pnpm reconcile report' };
  const ended = await showJobsUntilEnded(started.jobs, command, workers, context);
  if (ended === undefined) return 1;
  const told = await withStores(config, async ({ business }) =>
    tell(await readReportsOf(business, ended), json, context),
  );
  return ended.every(endedWell) && started.failures.length === 0 ? told : 1;
}

function report(
  { vendors, last, json }: Extract<ReconcileOrder, { kind: 'report' }>,
  context: CommandContext,
): Promise<ExitCode> {
  const config = parseConfig('reconcile', FirestoreConfig, context.environment);
  return withStores(config, async ({ business }) =>
    tell(await readReports(business, { vendors, last }), json, context),
  );
}

function tell(reports: Result<readonly Report[], string>, json: boolean, { out, err }: CommandContext): ExitCode {
  if (reports.ok) out.write(`${json ? JSON.stringify(reports.value, undefined, 2) : describeReports(reports.value)}\n`);
  else err.write(`${reports.error}\n`);
  return reports.ok ? 0 : 1;
}
