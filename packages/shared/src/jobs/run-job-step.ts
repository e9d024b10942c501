import { CONNECTIONS_MAX } from '../ingest/accept-delivery.ts';
import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import type { DurabilityError } from '../ports/delivery-queue.ts';
import { err, ok, type Result, unreachable } from '../result/result.ts';
import { advanceJob, endJob, postponeJob, withExamples } from './advance-job.ts';
import { comparePage, type PageDelivery } from './compare-page.ts';
import { compareRecords, thingName } from './compare-records.ts';
import type { JobPorts } from './job-ports.ts';
import type { StoredJob } from './job-store.ts';
import { reportJob } from './report-job.ts';
import { readWatermark } from './watermark.ts';

/**
 * One step of a read job: one page, or one look at the records. What it found is durable on the queue before the job's
 * position moves, and a step that is cut off is done again, to the same effect. A step that fails is tried again later,
 * with the job's problem told. I/O: the ports.
 */
export async function runJobStep(ports: JobPorts, stored: StoredJob): Promise<void> {
  const stepped = await step(ports, stored);
  if (stepped.ok) return;
  postponeJob(ports, stored, stepped.error);
}

function step(ports: JobPorts, stored: StoredJob): Promise<Result<void, DeliveryFailure>> {
  switch (stored.phase) {
    case 'position':
      return takePosition(ports, stored);
    case 'pages':
      return walkPage(ports, stored);
    case 'comparison':
      return compareRecords(ports, stored);
    case 'report':
      return reportJob(ports, stored);
    case 'ended':
      return Promise.resolve(ok(undefined));
    default:
      return unreachable(stored.phase);
  }
}

/** A gap check begins where the last one ended. */
async function takePosition(ports: JobPorts, stored: StoredJob): Promise<Result<void, DeliveryFailure>> {
  const { job } = stored;
  const plan = ports.pages.resources.find(({ resource }) => resource === job.resource);
  const sinceMs = await readWatermark(ports.store, job);
  if (!sinceMs.ok) return sinceMs;
  const window = plan?.window(job.purpose, Date.parse(job.startedAt), sinceMs.value) ?? {};
  advanceJob(ports, stored, { phase: 'pages', job: { window } });
  return ok(undefined);
}

async function walkPage(ports: JobPorts, stored: StoredJob): Promise<Result<void, DeliveryFailure>> {
  const { job } = stored;
  const { jobId, purpose, resource, window, cursor, dryRun = false } = job;
  const page = await ports.pages.readPage({ resource, purpose, window, ...(cursor === undefined ? {} : { cursor }) });
  if (!page.ok) return page;
  const compared = await comparePage(ports, { jobId, purpose, page: page.value });
  if (!compared.ok) return compared;
  const { news, unreadable } = compared.value;
  if (!dryRun) {
    const sent = await sendAll(ports, news);
    if (!sent.ok) return sent;
  }
  for (const thing of unreadable) ports.log.error('thing.unreadable', { jobId, ...thing });

  const { things, next, total } = page.value;
  const counts = {
    ...job.counts,
    pages: job.counts.pages + 1,
    read: job.counts.read + things.length,
    sent: job.counts.sent + news.length,
    unreadable: job.counts.unreadable + unreadable.length,
  };
  if (next !== undefined && next === cursor) {
    endJob(ports, stored, 'failed', {
      reason: 'page_repeated',
      detail: 'the vendor named the same page as the next one',
    });
    return ok(undefined);
  }
  const afterPages = purpose === 'comparison' ? 'comparison' : 'report';
  advanceJob(ports, stored, {
    phase: next === undefined ? afterPages : 'pages',
    unreadable: [...stored.unreadable, ...unreadable].slice(0, UNREADABLE_MAX),
    job: {
      counts,
      examples: withExamples(
        job,
        news.map(({ key }) => key),
      ),
      ...(next === undefined ? {} : { cursor: next }),
      ...(total === undefined ? {} : { total }),
    },
    seen: purpose === 'comparison' ? things.map(thingName) : [],
  });
  return ok(undefined);
}

async function sendAll(ports: JobPorts, news: readonly PageDelivery[]): Promise<Result<void, DurabilityError>> {
  const { source } = ports.source;
  for (let at = 0; at < news.length; at += CONNECTIONS_MAX) {
    const some = news.slice(at, at + CONNECTIONS_MAX);
    const sent = await Promise.all(some.map(({ eventId, body }) => ports.accept({ source, eventId, body })));
    const refused = sent.find(taken => !taken.ok);
    if (refused?.ok === false) return err(refused.error);
  }
  return ok(undefined);
}

/** Things named in a report; the log names them all. */
const UNREADABLE_MAX = 50;
