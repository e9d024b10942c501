import type { DocumentPath } from '@innkeeper/shared/ports/document-store';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import type { DocumentReader } from '../world.ts';
import type { SeededDocuments } from './document-reader-contract.ts';

export async function openInMemoryDocuments(documents: SeededDocuments): Promise<DocumentReader> {
  const store = inMemoryDocumentStore();
  const paths = Object.keys(documents) as DocumentPath[];
  const written = await store.commit(paths.map(path => ({ op: 'set', path, fields: documents[path] ?? {} })));
  if (!written.ok) throw new Error(written.error.detail);
  return store;
}
