import { createLog } from '@innkeeper/shared/log/log';
import type { DocumentFields } from '@innkeeper/shared/ports/document-store';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { booking, world } from '../../test/support/world.ts';
import { CHANGED_BOOKINGS_MAX, readChangedBookings } from './read-changed-bookings.ts';

const FROM = '2026-11-21T09:00:00.000Z';
const log = createLog('test', () => undefined);

async function holding(count: number, receivedAt = FROM) {
  const documents = inMemoryDocumentStore();
  const changed = Array.from({ length: count }, (_, index) => ({
    ...booking(`B${index}`, { guest: 'Mia Larsen', home: 'l-garden', from: '2026-11-21', to: '2026-11-22' }),
    receivedAt,
  }));
  const written = await documents.commit(
    [...world, ...changed].map(record => ({
      op: 'set',
      path: `records/${record.key}`,
      fields: JSON.parse(JSON.stringify(record)) as DocumentFields,
    })),
  );
  if (!written.ok) throw new Error(written.error.detail);
  return { documents, log };
}

describe('changed bookings', () => {
  test('of one instant are read to the end, each once, and nothing older', async () => {
    const found = await readChangedBookings(FROM, await holding(350));
    const keys = found.ok ? found.value.map(({ key }) => key) : [];
    expect([keys.length, new Set(keys).size]).toEqual([350, 350]);
  });

  test('that were erased are left out, and removed ones are not', async () => {
    const reader = await holding(3);
    for (const [index, mark] of [
      [0, { erased: true }],
      [1, { deleted: true }],
    ] as const) {
      await reader.documents.commit([{ op: 'merge', path: `records/guesty:reservation:r-B${index}`, fields: mark }]);
    }
    const found = await readChangedBookings(FROM, reader);
    expect(found.ok && found.value.map(({ sourceId }) => sourceId)).toEqual(['r-B1', 'r-B2']);
  });

  test('beyond what is ever news are too many', async () => {
    const found = await readChangedBookings(FROM, await holding(CHANGED_BOOKINGS_MAX + 1));
    expect(found).toEqual({ ok: false, error: { kind: 'too_many', detail: 'changed bookings' } });
  });
});
