import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { parseDocument } from './parse-document.ts';
import type { RecordReader } from './read-records.ts';
import type { RetrievalError } from './retrieval-error.ts';
import { fromStoreError } from './retrieval-error.ts';

/**
 * What came in the last half minute, read from Firestore itself: the index follows Firestore by seconds, and a booking
 * that was made a moment ago must not be missing from a list. I/O through the port.
 */
export interface NewestRecords {
  readonly records: readonly BusinessRecord[];
  /** More came than is read here. */
  readonly isCut: boolean;
}

/** The index is behind by at most 3.5 s at 20 events a second; the rest is for a burst and for its retries. */
const INDEX_LAG_MAX_MS = 30_000;
/** Beyond this an import is running, and the answer says that something of it may be missing. */
const NEWEST_MAX = 60;

export async function readNewest(
  reader: RecordReader,
  askedAtMs: number,
): Promise<Result<NewestRecords, RetrievalError>> {
  const found = await reader.documents.query({
    collection: 'records',
    where: [{ field: 'receivedAt', op: '>=', value: new Date(askedAtMs - INDEX_LAG_MAX_MS).toISOString() }],
    orderBy: [{ field: 'receivedAt', direction: 'desc' }],
    limit: NEWEST_MAX + 1,
  });
  if (!found.ok) return err(fromStoreError(found.error));
  return ok({
    records: found.value
      .slice(0, NEWEST_MAX)
      .flatMap(document => parseDocument(BusinessRecord, document, reader.log) ?? []),
    isCut: found.value.length > NEWEST_MAX,
  });
}
