import * as z from 'zod/mini';
import { RecordKind, recordKey } from '../domain/ids.ts';
import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import type { Mark } from '../ports/hydration-gate.ts';
import { ok, type Result } from '../result/result.ts';
import { advanceJob, withExamples } from './advance-job.ts';
import type { JobPorts } from './job-ports.ts';
import type { StoredJob } from './job-store.ts';

/**
 * The second half of a comparison: which of the stored records the vendor's pages did not show. Each of them is marked
 * to be read by itself, and the vendor's answer to that decides; nothing ends because a list left it out.
 * I/O: one query of the document store.
 */
export async function compareRecords(ports: JobPorts, stored: StoredJob): Promise<Result<void, DeliveryFailure>> {
  const { job, comparedTo } = stored;
  const plan = ports.pages.resources.find(({ resource }) => resource === job.resource);
  if (plan === undefined || plan.kinds.length === 0) {
    advanceJob(ports, stored, { phase: 'report', job: {} });
    return ok(undefined);
  }
  const page = await ports.store.query({
    collection: 'records',
    where: [
      { field: 'source', op: '==', value: job.source },
      { field: 'kind', op: 'in', value: [...plan.kinds] },
      { field: 'deleted', op: '==', value: false },
    ],
    orderBy: [{ field: '__name__', direction: 'asc' }],
    limit: RECORDS_PER_STEP,
    select: ['kind', 'sourceId', 'receivedAt', 'facts'],
    ...(comparedTo === undefined ? {} : { startAfter: [comparedTo] }),
  });
  if (!page.ok) return page;

  const records = page.value.flatMap(document => ComparedRecord.safeParse(document.fields).data ?? []);
  // What we heard of since the walk began lives, though no page showed it.
  const expected = records.filter(
    record => record.receivedAt < job.startedAt && (plan.covers?.(record, job.window) ?? true),
  );
  const shown = ports.jobs.seen(
    job.jobId,
    expected.map(({ kind, sourceId }) => thingName({ kind, id: sourceId })),
  );
  const vanished = expected.filter(({ kind, sourceId }) => !shown.has(thingName({ kind, id: sourceId })));
  if (job.dryRun !== true && vanished.length > 0) {
    ports.dirtySet.mark(
      vanished.map(({ kind, sourceId }) => markOf(stored, kind, sourceId)),
      ports.now(),
    );
  }
  const last = page.value.length < RECORDS_PER_STEP ? undefined : page.value.at(-1);
  advanceJob(ports, stored, {
    phase: last === undefined ? 'report' : 'comparison',
    ...(last === undefined ? {} : { comparedTo: last.path.slice('records/'.length) }),
    job: {
      counts: { ...job.counts, vanished: job.counts.vanished + vanished.length },
      examples: withExamples(
        job,
        vanished.map(({ kind, sourceId }) => recordKey(job.source, kind, sourceId)),
      ),
    },
  });
  return ok(undefined);
}

/** A few hundred kilobytes of answer. */
const RECORDS_PER_STEP = 300;

/** As much of a record as the comparison needs: one that is odd otherwise is compared all the same. */
const ComparedRecord = z.object({
  kind: RecordKind,
  sourceId: z.string(),
  receivedAt: z.string(),
  facts: z.record(z.string(), z.unknown()),
});

export const thingName = ({ kind, id }: { readonly kind: RecordKind; readonly id: string }): string => `${kind}:${id}`;

function markOf({ job }: StoredJob, kind: RecordKind, id: string): Mark {
  return {
    subject: kind,
    id,
    seenAtMs: Date.parse(job.startedAt),
    lane: 'backfill',
    cause: { eventId: job.jobId, event: `innkeeper.${job.purpose}`, receivedAt: job.startedAt },
  };
}
