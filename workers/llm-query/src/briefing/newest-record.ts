import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { RecordReader } from '../retrieve/read-records.ts';
import type { RetrievalError } from '../retrieve/retrieval-error.ts';
import { fromStoreError } from '../retrieve/retrieval-error.ts';

/**
 * When the latest news of bookings, messages or calls reached us, as ISO 8601 UTC; undefined when nothing ever did.
 * I/O: Firestore, one document.
 */
export async function newestRecordAt({
  documents,
}: Pick<RecordReader, 'documents'>): Promise<Result<string | undefined, RetrievalError>> {
  const found = await documents.query({
    collection: 'records',
    orderBy: [{ field: 'receivedAt', direction: 'desc' }],
    limit: 1,
    select: ['receivedAt'],
  });
  if (!found.ok) return err(fromStoreError(found.error));
  const at = found.value[0]?.fields['receivedAt'];
  return ok(typeof at === 'string' ? at : undefined);
}
