import { setTimeout as pause } from 'node:timers/promises';
import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { OperateError } from '@innkeeper/shared/operate/operate-client';
import type { CommandContext, ExitCode } from '../command-line/run-command.ts';
import type { Workers } from '../connect/connect-workers.ts';
import { explainOperateError } from '../connect/explain-error.ts';
import { progressScreen } from '../terminal/progress-screen.ts';
import { describeJobs, endedWell } from './describe-jobs.ts';
import { watchJobs } from './watch-jobs.ts';

/** Walks on the screen: as they are, or until each has ended. I/O: the Workers, the terminal. */
export function tellJobs(jobs: readonly ReadJob[], json: boolean, { out }: CommandContext): ExitCode {
  out.write(`${json ? JSON.stringify(jobs, undefined, 2) : describeJobs(jobs)}\n`);
  return jobs.every(job => job.state === 'running' || endedWell(job)) ? 0 : 1;
}

/** `undefined` when they were not seen to their end, which is told, with `again`: the words that look at them again. */
export async function showJobsUntilEnded(
  jobs: readonly ReadJob[],
  command: { readonly name: string; readonly again: string },
  workers: Workers,
  { err, interrupted }: CommandContext,
): Promise<readonly ReadJob[] | undefined> {
  const watched = await watchJobs(
    {
      workers,
      screen: progressScreen(err, `${command.name}.progressed`),
      pause: ms => pause(ms, undefined, { signal: interrupted }).catch(() => undefined), // interrupted: the loop asks
      clock: () => performance.now(),
      interrupted,
    },
    jobs,
  );
  if (watched.end === 'ended') return watched.jobs;
  if (watched.end !== 'interrupted') err.write(`${explainOperateError(watched.end.lost)}\n`);
  err.write(`What runs goes on in the Worker. Look again with: ${command.again}\n`);
  return undefined;
}

export function tellFailures(failures: readonly OperateError[], { err }: CommandContext): void {
  for (const failure of failures) err.write(`${explainOperateError(failure)}\n`);
}
