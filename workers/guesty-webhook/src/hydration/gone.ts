import { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { type RecordKind, recordKey } from '@innkeeper/shared/domain/ids';
import type { DirtyEntry } from '@innkeeper/shared/hydration/dirty-set';
import type { Hydrated } from '@innkeeper/shared/hydration/hydrator';
import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import { buildChange, missing } from '../build-change.ts';
import { readOrigin } from './hydrator-ports.ts';

/**
 * What it means that the vendor does not show a thing it told of: for the first half minute, that it does not show it
 * yet. Then what only an event said of it stands, until the vendor shows more, and what was read once is gone.
 * I/O: the document store.
 */
export async function goneOrNotYet(
  { store }: { readonly store: Pick<DocumentStore, 'getAll'> },
  entry: DirtyEntry,
  kind: RecordKind,
  beganAtMs: number,
): Promise<Hydrated> {
  if (entry.attempts < NOT_YET_ATTEMPTS) return NOT_SHOWN_YET;
  const known = await store.getAll([`records/${recordKey('guesty', kind, entry.id)}`]);
  if (!known.ok) return { kind: 'failed', failure: known.error };
  const record = BusinessRecord.safeParse(known.value[0]?.fields).data;
  if (record === undefined) return { kind: 'gone', changes: [] };
  const version = record.versions['state'];
  if (version === undefined) return { kind: 'read', changes: [] };
  return { kind: 'gone', changes: [buildChange(readOrigin(entry, beganAtMs), kind, entry.id, [missing(version)])] };
}

export const NOT_SHOWN_YET: Hydrated = {
  kind: 'failed',
  failure: { kind: 'vendor_unavailable', detail: 'Guesty: not shown yet' },
};

/** 2 + 4 + 8 + 16 s by the back-off of the gate. */
export const NOT_YET_ATTEMPTS = 4;
