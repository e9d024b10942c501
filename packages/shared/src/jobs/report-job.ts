import { REPORTS_COLLECTION, type ReadJob } from '../contracts/read-job.ts';
import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import { type DocumentFields, type DocumentWrite, Timestamp } from '../ports/document-store.ts';
import { ok, type Result } from '../result/result.ts';
import { wasOvertaken } from './advance-job.ts';
import type { JobPorts } from './job-ports.ts';
import type { StoredJob } from './job-store.ts';
import { watermarkAfter } from './watermark.ts';

/**
 * The end of a job: its report in Firestore, together with the position of the next gap check, and then its own state.
 * I/O: the document store.
 */
export async function reportJob(ports: JobPorts, stored: StoredJob): Promise<Result<void, DeliveryFailure>> {
  const { problem, ...known } = stored.job;
  const now = new Date(ports.now()).toISOString();
  const job: ReadJob =
    known.state === 'running'
      ? { ...known, state: 'done', updatedAt: now, endedAt: now }
      : { ...known, ...(problem === undefined ? {} : { problem }), updatedAt: now };
  const report: DocumentWrite = {
    op: 'set',
    path: `${REPORTS_COLLECTION}/${job.jobId}`,
    fields: {
      // Through text, because Firestore has no value for a key that is undefined.
      ...(JSON.parse(JSON.stringify({ ...job, unreadable: stored.unreadable })) as DocumentFields),
      summary: summarise(job),
      expireAt: Timestamp.fromMillis(Date.parse(job.startedAt) + KEEP_MS),
    },
  };
  const position = stored.movesWatermark && job.state === 'done' ? [watermarkAfter(job)] : [];
  const written = await ports.store.commit([report, ...position]);
  if (!written.ok) return written;
  if (wasOvertaken(ports, stored)) return ok(undefined);
  ports.jobs.put({ ...stored, phase: 'ended', job });
  ports.jobs.forgetSeen(job.jobId);
  const { jobId, purpose, resource, state, counts } = job;
  ports.log.info('job.ended', { jobId, purpose, resource, state, ...counts });
  return ok(undefined);
}

/** Gap checks alone are hundreds a day. */
const KEEP_MS = 90 * 86_400_000;

/** The counts in one sentence. */
function summarise(job: ReadJob): string {
  const { counts, dryRun = false } = job;
  const number = (count: number): string => count.toLocaleString('en-GB');
  const seconds = Math.round((Date.parse(job.endedAt ?? job.updatedAt) - Date.parse(job.startedAt)) / 1000);
  const would = dryRun ? 'would be ' : '';
  return [
    `${job.source} ${job.resource}, ${job.purpose} ${job.state}:`,
    `${number(counts.read)} read on ${number(counts.pages)} pages in ${number(seconds)} s,`,
    `${number(counts.sent)} ${would}sent, ${number(counts.vanished)} vanished, ${number(counts.unreadable)} unreadable.`,
  ].join(' ');
}
