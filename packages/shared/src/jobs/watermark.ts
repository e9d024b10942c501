import * as z from 'zod/mini';
import type { ReadJob } from '../contracts/read-job.ts';
import { RecordSource } from '../domain/ids.ts';
import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import type { DocumentPath, DocumentStore, DocumentWrite } from '../ports/document-store.ts';
import { ok, type Result } from '../result/result.ts';

/** Where the gap checks of a list have got to: document `watermarks/<source>-<resource>`. I/O: the document store. */
const Watermark = z.object({
  v: z.literal(1),
  source: RecordSource,
  resource: z.string(),
  /** Everything the vendor changed before it has been looked at. */
  until: z.iso.datetime(),
  jobId: z.string(),
});

/** The vendor's list may show a change minutes after it was made, and clocks differ. */
const OVERLAP_MS = 10 * 60_000;

/** Begin of the next gap check, ms; `undefined` where there was none yet. */
export async function readWatermark(
  store: Pick<DocumentStore, 'getAll'>,
  job: Pick<ReadJob, 'source' | 'resource'>,
): Promise<Result<number | undefined, DeliveryFailure>> {
  const read = await store.getAll([pathOf(job)]);
  if (!read.ok) return read;
  const known = Watermark.safeParse(read.value[0]?.fields);
  return ok(known.success ? Date.parse(known.data.until) - OVERLAP_MS : undefined);
}

/** The position after `job`: what changed while it ran is for the next one. */
export function watermarkAfter({ source, resource, startedAt, jobId }: ReadJob): DocumentWrite {
  const fields = { v: 1, source, resource, until: startedAt, jobId } satisfies z.infer<typeof Watermark>;
  return { op: 'set', path: pathOf({ source, resource }), fields };
}

const pathOf = ({ source, resource }: Pick<ReadJob, 'source' | 'resource'>): DocumentPath =>
  `watermarks/${source}-${resource}`;
