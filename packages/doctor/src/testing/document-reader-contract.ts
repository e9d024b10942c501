import type { DocumentFields, DocumentPath, StoredDocument, StoreError } from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';
import { beforeAll, describe, expect, test } from 'vitest';
import type { DocumentReader } from '../world.ts';

export type SeededDocuments = Readonly<Record<DocumentPath, DocumentFields>>;

const EVENTS: SeededDocuments = {
  'events/a': { source: 'guesty', receivedAt: '2026-11-20T06:00:00Z', payload: { n: 1 } },
  'events/b': { source: 'guesty', receivedAt: '2026-11-22T06:00:00Z', payload: { n: 2 } },
  'events/c': { source: 'aircall', receivedAt: '2026-11-21T06:00:00Z', payload: { n: 3 } },
};

/** What every `DocumentReader` reads from a database that holds what is given, and nothing else. */
export function describeDocumentReaderContract(
  name: string,
  open: (documents: SeededDocuments) => Promise<DocumentReader>,
): void {
  describe(`${name} keeps the contract of a reader of documents`, () => {
    let reader: DocumentReader;
    beforeAll(async () => {
      reader = await open(EVENTS);
    });

    test('documents in the order they were asked for, with a gap for what is not there', async () => {
      const found = value(await reader.getAll(['events/c', 'events/gone', 'events/a']));
      expect(found.map(document => document?.path)).toEqual(['events/c', undefined, 'events/a']);
      expect(found[2]?.fields).toEqual(EVENTS['events/a']);
    });

    test('a question, in its order, cut at its limit', async () => {
      const newest = await reader.query({
        collection: 'events',
        orderBy: [{ field: 'receivedAt', direction: 'desc' }],
        limit: 2,
      });
      expect(value(newest).map(({ path }) => path)).toEqual(['events/b', 'events/c']);
    });

    test('only the documents and the fields that were asked for', async () => {
      const found = await reader.query({
        collection: 'events',
        where: [{ field: 'source', op: '==', value: 'aircall' }],
        select: ['receivedAt'],
      });
      expect(value(found).map(({ fields }) => fields)).toEqual([{ receivedAt: '2026-11-21T06:00:00Z' }]);
    });

    test('nothing of a collection that is not there', async () => {
      expect(value(await reader.query({ collection: 'nowhere' }))).toEqual([]);
    });
  });
}

function value<T extends readonly (StoredDocument | undefined)[]>(read: Result<T, StoreError>): T {
  if (!read.ok) throw new Error(read.error.detail);
  return read.value;
}
