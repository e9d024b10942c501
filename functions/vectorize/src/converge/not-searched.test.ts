import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import { hashEmbedder } from '@innkeeper/shared/testing/hash-embedder';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryVectorStore } from '@innkeeper/shared/testing/in-memory-vector-store';
import { expect, test } from 'vitest';
import { converge } from './converge.ts';

test('a record that nobody searches settles without points', async () => {
  const store = inMemoryDocumentStore();
  const vectors = inMemoryVectorStore();
  const ports = { store, vectors, assistantId: 'a', embedder: hashEmbedder(), pointId, now: () => new Date(0) };
  const key = 'aircall:team-member:7';
  const fields = {
    key,
    source: 'aircall',
    kind: 'team-member',
    sourceId: '7',
    versions: { state: 1 },
    pipelineRevision: 1,
    receivedAt: '2026-11-21T09:00:00.000Z',
    deleted: false,
    provenance: { eventId: 'e', event: 'user.opened', via: 'webhook' },
    facts: { userId: '7', name: 'Rita Reception', open: true },
  };
  await store.commit([{ op: 'set', path: `records/${key}`, fields }]);

  expect(await converge(ports, `records/${key}`)).toEqual({ ok: true, value: { kind: 'settled' } });
  expect(await vectors.scrollAll({}, { maxPoints: 10 })).toEqual({ ok: true, value: [] });
  expect(store.documents.get(`indexState/${key}`)?.fields).toMatchObject({ docKey: key, chunks: 0, deleted: true });
});
