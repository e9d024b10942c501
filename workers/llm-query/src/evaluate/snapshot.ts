import type { BusinessRecord, RecordOf } from '@innkeeper/shared/domain/business-record';
import type { Homes } from './homes.ts';

/** What was re-read from Firestore for one question. Everything an answer says is decided from this. */
export interface Snapshot {
  readonly homes: Homes;
  readonly records: readonly BusinessRecord[];
}

/** Living records of one kind. */
export function recordsOf<K extends BusinessRecord['kind']>(snapshot: Snapshot, kind: K): RecordOf<K>[] {
  return snapshot.records.filter((record): record is RecordOf<K> => record.kind === kind && !record.deleted);
}
