import type { PointPayload } from '@innkeeper/shared/contracts/point-payload';
import type { RecordOf } from '@innkeeper/shared/domain/business-record';
import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { recordKey } from '@innkeeper/shared/domain/ids';
import type { Log } from '@innkeeper/shared/log/log';
import type { DocumentPath, DocumentStore } from '@innkeeper/shared/ports/document-store';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import { parseDocument } from './parse-document.ts';
import type { RetrievalError } from './retrieval-error.ts';
import { fromStoreError } from './retrieval-error.ts';

/** Current records from Firestore: what an answer is decided from. I/O through the port; unreadable documents are logged. */
export interface RecordReader {
  readonly documents: DocumentStore;
  readonly log: Log;
}

/** A company of this product's size has at most a few hundred homes, each with a unit type. */
const LISTINGS_MAX = 1_000;

export async function readListings(reader: RecordReader): Promise<Result<RecordOf<'listing'>[], RetrievalError>> {
  const found = await reader.documents.query({
    collection: 'records',
    where: [{ field: 'kind', op: '==', value: 'listing' }],
    limit: LISTINGS_MAX + 1,
  });
  if (!found.ok) return err(fromStoreError(found.error));
  if (found.value.length > LISTINGS_MAX) return err({ kind: 'too_many', detail: 'listings' });
  return ok(
    found.value
      .flatMap(document => parseDocument(BusinessRecord, document, reader.log) ?? [])
      .filter(record => record.kind === 'listing'),
  );
}

/** Re-reads what the index cited, the guests of cited bookings and the bookings of cited messages. One round trip. */
export async function readCited(
  reader: RecordReader,
  points: readonly PointPayload[],
): Promise<Result<BusinessRecord[], RetrievalError>> {
  const paths = recordPathsOf(points);
  if (paths.length === 0) return ok([]);
  const found = await reader.documents.getAll(paths);
  if (!found.ok) return err(fromStoreError(found.error));
  return ok(found.value.flatMap(document => parseDocument(BusinessRecord, document, reader.log) ?? []));
}

/** Where the records behind points stand, with the guests of bookings and the bookings of messages. */
export function recordPathsOf(points: readonly PointPayload[]): DocumentPath[] {
  const paths = new Set<DocumentPath>();
  for (const point of points) {
    if (point.kind === 'interaction' || point.kind === 'chat-message') continue; // no records
    paths.add(`records/${point.docKey}`);
    if (point.kind === 'reservation' && point.guestId !== undefined) {
      paths.add(`records/${recordKey('guesty', 'guest', point.guestId)}`);
    }
    if (point.kind === 'guest-message' && point.reservationId !== undefined) {
      paths.add(`records/${recordKey('guesty', 'reservation', point.reservationId)}`);
    }
  }
  return [...paths];
}
