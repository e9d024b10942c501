import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import { printable, table } from '../terminal/table.ts';

/** Walks in a table, and what a person does about those that did not end well. Pure. */
export function describeJobs(jobs: readonly ReadJob[]): string {
  if (jobs.length === 0) return 'There is none.';
  const rows = jobs.map(job => [
    job.source,
    job.resource,
    job.state,
    job.counts.read,
    job.counts.sent,
    job.counts.vanished,
    job.counts.unreadable,
    job.startedAt.slice(0, 19).replace('T', ' '),
    job.jobId,
  ]);
  const headings = ['vendor', 'resource', 'state', 'read', 'sent', 'vanished', 'unreadable', 'since (UTC)', 'job'];
  return [table(headings, rows), ...jobs.flatMap(troubleLines)].join('\n');
}

/** Whether nothing is left to do about it. */
export const endedWell = (job: ReadJob): boolean => job.state === 'done';

function troubleLines(job: ReadJob): readonly string[] {
  const { problem, counts } = job;
  return [
    ...(problem === undefined
      ? []
      : [`${job.source} ${job.resource}: ${problem.reason}: ${printable(problem.detail)}`, `  ${nextStep(job)}`]),
    ...(counts.unreadable === 0
      ? []
      : [`${job.source} ${job.resource}: ${counts.unreadable} could not be understood; its report names them.`]),
  ];
}

function nextStep(job: ReadJob): string {
  if (job.state === 'running') return 'It waits and tries again by itself.';
  if (job.problem?.reason.includes('denied') === true)
    return `The vendor refuses our credentials: correct those of the Worker ${job.source}-webhook, then start it again.`;
  return 'Start it again: it goes on with the page it was at.';
}
