import { pointId } from '@innkeeper/shared/adapters/qdrant/point-id';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { hashEmbedder } from '@innkeeper/shared/testing/hash-embedder';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryVectorStore } from '@innkeeper/shared/testing/in-memory-vector-store';
import { expect, test } from 'vitest';
import { type ConvergePorts, converge } from './converge.ts';

const record = (key: string, facts: DocumentFields): DocumentFields => {
  const [source = '', kind = '', sourceId = ''] = key.split(':');
  return {
    ...{ key, source, kind, sourceId, versions: { state: 1 }, pipelineRevision: 1, deleted: false, facts },
    receivedAt: '2026-11-21T09:00:00.000Z',
    provenance: { eventId: 'e', event: 'test', via: 'webhook' },
  };
};

function setUp() {
  const store = inMemoryDocumentStore();
  const vectors = inMemoryVectorStore();
  const writes: string[] = [];
  const ports: ConvergePorts = {
    store: {
      ...store,
      commit: batch => {
        writes.push(...batch.map(({ op, path }) => `${op} ${path}`));
        return store.commit(batch);
      },
    },
    vectors: {
      ...vectors,
      upsert: points => {
        writes.push(...points.map(({ payload }) => `point ${payload.docKey} ${payload.chunk}`));
        return vectors.upsert(points);
      },
    },
    assistantId: 'a',
    embedder: hashEmbedder(),
    pointId,
    now: () => new Date(0),
  };
  return {
    store,
    writes,
    write: async (key: string, facts: DocumentFields) => {
      await store.commit([{ op: 'set', path: `records/${key}`, fields: record(key, facts) }]);
      writes.length = 0;
      return converge(ports, `records/${key}`);
    },
    again: (key: string) => {
      writes.length = 0;
      return converge(ports, `records/${key}`);
    },
    chunksOf: async (docKey: string) => {
      const found = await vectors.scrollAll({ must: [{ field: 'docKey', equals: docKey }] }, { maxPoints: 100 });
      return found.ok ? found.value.map(({ chunk, chunks }) => `${chunk} of ${chunks}`) : [];
    },
  };
}

const settled = { ok: true, value: { kind: 'settled' } };
const HOME = 'guesty:listing:1';
const BOOKING = 'guesty:reservation:1';
const home = (nickname: string): DocumentFields => ({
  listingId: '1',
  nickname,
  timezone: 'Europe/Lisbon',
  active: true,
  description: [],
});
const booking: DocumentFields = {
  reservationId: '1',
  status: 'confirmed',
  stay: [{ listingId: '1', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' }],
  notes: [],
};

test('a record that nobody searches settles without points', async () => {
  const { write, chunksOf, store } = setUp();
  const key = 'aircall:team-member:7';
  expect(await write(key, { userId: '7', name: 'Rita Reception', open: true })).toEqual(settled);
  expect(await chunksOf(key)).toEqual([]);
  expect(store.documents.get(`indexState/${key}`)?.fields).toMatchObject({ docKey: key, chunks: 0, deleted: true });
});

test('an event that comes again writes nothing', async () => {
  const { write, again, writes } = setUp();
  await write(HOME, home('Orchard House'));
  await write(BOOKING, booking);
  expect(writes).toEqual([`point ${BOOKING} 0`, `set indexState/${BOOKING}`]);
  expect(await again(BOOKING)).toEqual(settled);
  expect(writes).toEqual([]);
});

test('of what borrows from a changed home only that is written whose words changed', async () => {
  const { write, writes } = setUp();
  await write(HOME, home('Orchard House'));
  await write(BOOKING, booking);
  await write(HOME, { ...home('Orchard House'), active: false });
  expect(writes).toEqual([`point ${HOME} 0`, `set indexState/${HOME}`]);
  await write(HOME, home('Apple House'));
  expect(writes).toEqual([
    `point ${HOME} 0`,
    `point ${BOOKING} 0`,
    `set indexState/${BOOKING}`,
    `set indexState/${HOME}`,
  ]);
});

test('a text that became shorter by borrowed words alone leaves no chunk behind', async () => {
  const { write, chunksOf } = setUp();
  await write(HOME, home('House of very many words '.repeat(60)));
  await write(BOOKING, booking);
  expect(await chunksOf(BOOKING)).toContain('1 of 2');
  await write(HOME, home('Orchard House'));
  expect(await chunksOf(BOOKING)).toEqual(['0 of 1']);
});
