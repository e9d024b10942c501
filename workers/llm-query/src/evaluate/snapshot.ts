import type { BusinessRecord, RecordOf } from '@innkeeper/shared/domain/business-record';
import type { PersonName } from './bookings.ts';
import type { Homes } from './homes.ts';

/** What was re-read from Firestore for one question. Everything an answer says is decided from this. */
export interface Snapshot {
  readonly homes: Homes;
  readonly records: readonly BusinessRecord[];
  /** Absent where nothing was compared, as in a question about one name that the index does not know. */
  readonly gaps?: Gaps;
  /** Who stays or comes these weeks, besides the bookings among the records; read where surnames are not shown. */
  readonly guests?: readonly PersonName[] | 'too_many';
}

/** How what was read differs from what Firestore holds: told with the answer, never hidden. */
export interface Gaps {
  /** Documents the index named that Firestore no longer has, or that could not be understood. */
  readonly unread: number;
  /** More came in during the last half minute than was read beside the index, which may not have it all yet. */
  readonly isNewestMissing: boolean;
}

/** Living records of one kind, by key: the same records make the same answer, in whatever order they were read. */
export function recordsOf<K extends BusinessRecord['kind']>(snapshot: Snapshot, kind: K): RecordOf<K>[] {
  return snapshot.records
    .filter((record): record is RecordOf<K> => record.kind === kind && !record.deleted)
    .sort((left, right) => (left.key < right.key ? -1 : 1));
}
