import type { PointKind } from '@innkeeper/shared/contracts/point-payload';
import type { DocumentPath, StoreError } from '@innkeeper/shared/ports/document-store';
import type { Searchable } from '../text/searchable.ts';

/** A document as it stands right now, with everything its text borrows from. */
export interface Subject {
  readonly docKey: string;
  readonly kind: PointKind;
  readonly source: string;
  /** Update time of the document, µs. */
  readonly version: number;
  /** Update times of all documents the text was made from: when any of them moves, the text may be stale. */
  readonly fingerprint: string;
  /** Nothing of it may be in the index. */
  readonly deleted: boolean;
  readonly searchable: Searchable;
}

export type SubjectError = StoreError | { readonly kind: 'invalid_document'; readonly detail: string };

/** Key of a document in the index: a record's own key, `interaction:<message id>` or `chat-message:<message id>`. */
export function docKeyOf(path: DocumentPath): string {
  const [collection, id = ''] = path.split('/');
  if (collection === 'interactions') return `interaction:${id}`;
  return collection === 'chatMessages' ? `chat-message:${id}` : id;
}
