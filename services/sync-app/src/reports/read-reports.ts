import { REPORTS_COLLECTION, ReadJob } from '@innkeeper/shared/contracts/read-job';
import type { RecordSource } from '@innkeeper/shared/domain/ids';
import type { DocumentPath, DocumentStore, StoreError } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';

/** A walk that ended, with the things among those it read that could not be understood (the first of them). */
export const Report = z.object({
  ...ReadJob.shape,
  unreadable: z.array(z.object({ key: z.string(), reason: z.string(), detail: z.string() })).default([]),
});
export type Report = z.infer<typeof Report>;

/** Walks that ended, newest first, as the Workers noted them in `reports`. I/O: the document store. */
export interface ReportsWanted {
  readonly vendors: readonly RecordSource[];
  readonly last: number;
}

/** Where only one vendor is wanted, its reports are among those of the other. */
const PAGE = 200;
/** More than a month of gap checks. */
const LOOKED_AT_MAX = 20_000;

export async function readReports(
  store: DocumentStore,
  { vendors, last }: ReportsWanted,
): Promise<Result<readonly Report[], string>> {
  const found: Report[] = [];
  let startAfter: readonly string[] | undefined;
  for (let lookedAt = 0; lookedAt < LOOKED_AT_MAX && found.length < last; lookedAt += PAGE) {
    const page = await store.query({
      collection: REPORTS_COLLECTION,
      orderBy: [
        { field: 'endedAt', direction: 'desc' },
        { field: '__name__', direction: 'desc' },
      ],
      limit: PAGE,
      ...(startAfter === undefined ? {} : { startAfter }),
    });
    if (!page.ok) return err(trouble(page.error));
    for (const document of page.value) {
      const report = Report.safeParse(document.fields);
      if (!report.success) return err(`${document.path} was written by another release and cannot be read.`);
      if (vendors.includes(report.data.source)) found.push(report.data);
      startAfter = [report.data.endedAt ?? '', document.path.slice(REPORTS_COLLECTION.length + 1)];
    }
    if (page.value.length < PAGE) break;
  }
  return ok(found.slice(0, last));
}

/** The reports of these walks; one whose report is still to be written stands for itself. */
export async function readReportsOf(
  store: DocumentStore,
  jobs: readonly ReadJob[],
): Promise<Result<readonly Report[], string>> {
  const read = await store.getAll(jobs.map((job): DocumentPath => `${REPORTS_COLLECTION}/${job.jobId}`));
  if (!read.ok) return err(trouble(read.error));
  return ok(jobs.map((job, index) => Report.safeParse(read.value[index]?.fields).data ?? { ...job, unreadable: [] }));
}

const trouble = ({ kind, detail }: StoreError): string => `Firestore cannot be read (${kind}: ${detail}).`;
