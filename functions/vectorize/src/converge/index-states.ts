import { IndexState } from '@innkeeper/shared/contracts/index-state';
import {
  type DocumentPath,
  type DocumentStore,
  type DocumentWrite,
  type StoredDocument,
  type StoreError,
} from '@innkeeper/shared/ports/document-store';
import { ok, type Result } from '@innkeeper/shared/result/result';
import { docKeyOf } from './subject.ts';

/** What is noted of a document's points: read beside the document, written by compare-and-set. */
export interface StateRead {
  readonly document: StoredDocument | undefined;
  readonly state: IndexState | undefined;
}

export const statePathOf = (path: DocumentPath): DocumentPath => `indexState/${docKeyOf(path)}`;

/** Where a document is put that cannot be indexed. */
export const parkedPathOf = (path: DocumentPath): DocumentPath => `parked/vectorize:${path.replace('/', ':')}`;

export function parseState(document: StoredDocument | undefined): StateRead {
  const parsed = IndexState.safeParse(document?.fields);
  return { document, state: parsed.success ? parsed.data : undefined };
}

/** Notes what was written, unless somebody else noted something meanwhile; what was parked is dealt with by that. */
export async function settleState(
  store: DocumentStore,
  path: DocumentPath,
  before: StateRead,
  after: Omit<IndexState, 'parked'>,
): Promise<Result<void, StoreError>> {
  const note: DocumentWrite = {
    op: 'set',
    path: statePathOf(path),
    fields: { ...after },
    precondition: before.document === undefined ? { exists: false } : { updateTime: before.document.updateTime },
  };
  const unpark: DocumentWrite[] = before.state?.parked === true ? [{ op: 'delete', path: parkedPathOf(path) }] : [];
  const written = await store.commit([note, ...unpark]);
  return written.ok ? ok(undefined) : written;
}
