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

/** Current records from Firestore: what an answer is decided from. I/O; what is unreadable is logged. */
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

export interface CitedRecords {
  readonly records: readonly BusinessRecord[];
  /** Documents the index named that Firestore does not have, or that could not be understood. */
  readonly unread: number;
}

/**
 * Re-reads what the index cited, the guests of cited bookings and the bookings of cited messages and tasks, and those
 * of records that are known already. One round trip.
 */
export async function readCited(
  reader: RecordReader,
  points: readonly PointPayload[],
  known: readonly BusinessRecord[] = [],
): Promise<Result<CitedRecords, RetrievalError>> {
  const paths = [...new Set([...recordPathsOf(points), ...known.flatMap(pathsBeside)])];
  if (paths.length === 0) return ok({ records: [], unread: 0 });
  const found = await reader.documents.getAll(paths);
  if (!found.ok) return err(fromStoreError(found.error));
  const records = found.value.flatMap(document => parseDocument(BusinessRecord, document, reader.log) ?? []);
  const read = new Set<string>(records.map(({ key }) => key));
  const cited = new Set(points.filter(isOfRecord).map(({ docKey }) => docKey));
  return ok({ records, unread: [...cited].filter(key => !read.has(key)).length });
}

const isOfRecord = ({ kind }: PointPayload): boolean => kind !== 'interaction' && kind !== 'chat-message';

/** The guest of a booking, the booking of a message or a task. */
function pathsBeside({ kind, facts }: BusinessRecord): DocumentPath[] {
  if (kind === 'reservation') {
    return facts.guestId === undefined ? [] : [`records/${recordKey('guesty', 'guest', facts.guestId)}`];
  }
  if ((kind !== 'guest-message' && kind !== 'task') || facts.reservationId === undefined) return [];
  return [`records/${recordKey('guesty', 'reservation', facts.reservationId)}`];
}

/** Where the records behind points stand, with the guests of bookings and the bookings of messages and tasks. */
export function recordPathsOf(points: readonly PointPayload[]): DocumentPath[] {
  const paths = new Set<DocumentPath>();
  for (const point of points) {
    if (!isOfRecord(point)) continue;
    paths.add(`records/${point.docKey}`);
    if (point.kind === 'reservation' && point.guestId !== undefined) {
      paths.add(`records/${recordKey('guesty', 'guest', point.guestId)}`);
    }
    if ((point.kind === 'guest-message' || point.kind === 'task') && point.reservationId !== undefined) {
      paths.add(`records/${recordKey('guesty', 'reservation', point.reservationId)}`);
    }
  }
  return [...paths];
}
