import type { PointKind } from '@innkeeper/shared/contracts/point-payload';
import type { DocumentPath, StoreError } from '@innkeeper/shared/ports/document-store';
import type { Searchable } from '../text/searchable.ts';

/** What a document says, with everything its text borrows. */
export interface Subject {
  readonly docKey: string;
  readonly kind: PointKind;
  readonly source: string;
  /** Update time of the document, µs. */
  readonly version: number;
  /** Nothing of it may be in the index. */
  readonly deleted: boolean;
  readonly searchable: Searchable;
}

/** A document that a text was made from and its update time then, µs; 0 where there was none. */
export interface SourceVersion {
  readonly path: DocumentPath;
  readonly version: number;
}

export type SubjectError = StoreError | { readonly kind: 'invalid_document'; readonly detail: string };

/** Key of a document in the index: a record's own key, `interaction:<message id>` or `chat-message:<message id>`. */
export function docKeyOf(path: DocumentPath): string {
  const [collection, id = ''] = path.split('/');
  if (collection === 'interactions') return `interaction:${id}`;
  return collection === 'chatMessages' ? `chat-message:${id}` : id;
}
