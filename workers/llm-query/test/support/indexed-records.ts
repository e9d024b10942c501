import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import type { BusinessRecord } from '@innkeeper/shared/domain/business-record';
import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { hashEmbedder } from '@innkeeper/shared/testing/hash-embedder';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryVectorStore } from '@innkeeper/shared/testing/in-memory-vector-store';
import { toPayloads } from '@innkeeper/vectorize/converge/points';
import { describeRecord } from '@innkeeper/vectorize/text/describe-record';
import { joinKeys, toJoined } from '@innkeeper/vectorize/text/joins';
import type { RetrievalPorts } from '../../src/retrieve/retrieve.ts';

/** Firestore and Qdrant in memory with these records in them, indexed as the pipeline would have. */
export interface IndexedRecords extends RetrievalPorts {
  /** Into Firestore alone, as in the seconds before the index follows. */
  store(records: readonly BusinessRecord[]): Promise<void>;
  /** Out of Firestore alone, as when a person has just been erased. */
  forget(records: readonly BusinessRecord[]): Promise<void>;
}

export async function indexedRecords(records: readonly BusinessRecord[]): Promise<IndexedRecords> {
  const documents = inMemoryDocumentStore();
  const vectors = inMemoryVectorStore();
  const store = async (more: readonly BusinessRecord[]): Promise<void> => {
    if (more.length === 0) return;
    const written = await documents.commit(
      more.map(record => ({
        op: 'set',
        path: `records/${record.key}`,
        fields: JSON.parse(JSON.stringify(record)) as DocumentFields,
      })),
    );
    if (!written.ok) throw new Error(written.error.detail);
  };
  await store(records);
  for (const record of records) {
    const near = new Set<string>(joinKeys(record));
    const joined = toJoined(records.filter(other => near.has(other.key) || other.kind === 'listing'));
    const searchable = describeRecord(record, joined);
    if (searchable === undefined) continue;
    const payloads = toPayloads({
      docKey: record.key,
      kind: record.kind,
      source: record.source,
      deleted: record.deleted,
      searchable,
      version: 1,
    });
    await vectors.upsert(payloads.map((payload, chunk) => ({ id: pointId(record.key, chunk), payload })));
  }
  return {
    documents,
    vectors,
    embedder: hashEmbedder(),
    log: createLog('test', () => undefined),
    store,
    forget: async gone => {
      await documents.commit(gone.map(({ key }) => ({ op: 'delete', path: `records/${key}` })));
    },
  };
}
