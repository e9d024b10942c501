import type { ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { Progress } from '../terminal/progress-screen.ts';

/** How far a walk over a vendor's list is. The rate is that of the walk as a whole, its waits included. Pure. */
export function jobProgress(job: ReadJob): Progress {
  const { read, sent, unreadable, vanished } = job.counts;
  const seconds = (Date.parse(job.updatedAt) - Date.parse(job.startedAt)) / 1000;
  const notes = [
    `${sent} sent`,
    ...(vanished === 0 ? [] : [`${vanished} vanished`]),
    ...(unreadable === 0 ? [] : [`${unreadable} unreadable`]),
    ...(job.problem === undefined ? [] : [job.problem.reason]),
    ...(job.state === 'running' ? [] : [job.state]),
  ];
  // What the vendor said at its first page may be fewer than there are by its last one.
  const total = job.state === 'done' ? read : job.total === undefined ? undefined : Math.max(job.total, read);
  return {
    name: `${job.source} ${job.resource}`,
    done: read,
    ...(total === undefined ? {} : { total }),
    ...(seconds > 0 ? { perSecond: read / seconds } : {}),
    note: notes.join(', '),
  };
}
