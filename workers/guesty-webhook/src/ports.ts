import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { GuestyReads } from './hydration/guesty-reads.ts';

/** What understanding a Guesty delivery may ask: the vendor's current state, and what is known already. */
export interface GuestyPorts {
  readonly reads: GuestyReads;
  readonly store: Pick<DocumentStore, 'getAll'>;
}
