import type { StoreError } from '@innkeeper/shared/ports/document-store';
import type { VectorStoreError } from '@innkeeper/shared/ports/vector-store';

/** Why the facts for an answer could not be read. `detail` names the part and its error, no content. */
export type RetrievalError =
  /** A store is down or slow: worth another try. */
  | { readonly kind: 'unavailable'; readonly detail: string }
  /** More than an answer may be built from. Never cut silently. */
  | { readonly kind: 'too_many'; readonly detail: string }
  /** Credentials, rights or collection are wrong: an operator must act, and then another try works. */
  | { readonly kind: 'misconfigured'; readonly detail: string };

export function fromStoreError(error: StoreError): RetrievalError {
  const kind = error.kind === 'denied' || error.kind === 'refused' ? 'misconfigured' : 'unavailable';
  return { kind, detail: `document store: ${error.kind}` };
}

export function fromVectorStoreError(error: VectorStoreError): RetrievalError {
  const detail = `vector store: ${error.kind}`;
  switch (error.kind) {
    case 'unavailable':
      return { kind: 'unavailable', detail };
    case 'too_many':
      return { kind: 'too_many', detail };
    case 'misconfigured':
    case 'refused':
      return { kind: 'misconfigured', detail };
  }
}
