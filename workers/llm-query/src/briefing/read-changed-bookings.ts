import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { parseDocument } from '../retrieve/parse-document.ts';
import type { RecordReader } from '../retrieve/read-records.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import { fromStoreError } from '../retrieve/retrieval-error.ts';

/** What fits into one answer of Firestore. */
const PAGE = 300;
/** More than a thousand homes change in a day: beyond it an import is running, and nothing of it is news. */
export const CHANGED_BOOKINGS_MAX = 2_000;

/**
 * Bookings whose news reached us from `from` (ISO 8601) on, removed ones included, the earliest first, to the end, or
 * `too_many`. I/O: Firestore; needs the composite index of `records` on `kind`, `receivedAt`.
 */
export async function readChangedBookings(
  from: string,
  { documents, log }: RecordReader,
): Promise<Result<RecordOf<'reservation'>[], RetrievalError>> {
  const changed: RecordOf<'reservation'>[] = [];
  let readCount = 0;
  for (let after: readonly [string, string] | undefined; ; ) {
    const page = await documents.query({
      collection: 'records',
      where: [
        { field: 'kind', op: '==', value: 'reservation' },
        { field: 'receivedAt', op: '>=', value: from },
      ],
      orderBy: [
        { field: 'receivedAt', direction: 'asc' },
        { field: '__name__', direction: 'asc' },
      ],
      limit: PAGE,
      ...(after === undefined ? {} : { startAfter: after }),
    });
    if (!page.ok) return err(fromStoreError(page.error));
    readCount += page.value.length;
    if (readCount > CHANGED_BOOKINGS_MAX) return err({ kind: 'too_many', detail: 'changed bookings' });
    for (const document of page.value) {
      const record = parseDocument(BusinessRecord, document, log);
      if (record?.kind === 'reservation' && record.erased !== true) changed.push(record);
    }
    const last = page.value.at(-1);
    const receivedAt = last?.fields['receivedAt'];
    if (last === undefined || typeof receivedAt !== 'string' || page.value.length < PAGE) return ok(changed);
    after = [receivedAt, last.path.slice('records/'.length)];
  }
}
