import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { createBookingLookup } from './booking-lookup.ts';

const booking = (id: string) => ({
  key: `guesty:reservation:${id}`,
  source: 'guesty',
  kind: 'reservation',
  sourceId: id,
  versions: { state: 1 },
  pipelineRevision: 1,
  receivedAt: '2026-11-21T09:00:00.000Z',
  deleted: false,
  provenance: { eventId: 'e', event: 'x', via: 'hydration' },
  facts: {
    reservationId: id,
    status: 'confirmed',
    stay: [{ listingId: 'l', checkInDate: '2026-11-21', checkOutDate: '2026-11-24' }],
  },
});

function counted() {
  const store = inMemoryDocumentStore();
  const trips: number[] = [];
  const lookup = createBookingLookup({
    getAll: paths => {
      trips.push(paths.length);
      return store.getAll(paths);
    },
  });
  return { store, trips, lookup };
}

describe('looking up bookings', () => {
  test('who asks in one turn shares one round trip, who asks later has another', async () => {
    const { store, trips, lookup } = counted();
    await store.commit([{ op: 'set', path: 'records/guesty:reservation:a', fields: booking('a') }]);
    const [known, unknown, again] = await Promise.all([lookup('a'), lookup('b'), lookup('a')]);
    expect([known.ok && known.value?.facts.reservationId, unknown, again.ok]).toEqual([
      'a',
      { ok: true, value: undefined },
      true,
    ]);
    await lookup('b');
    expect(trips).toEqual([2, 1]);
  });

  test('a store that is away is every asker’s answer, and only for now', async () => {
    let down = true;
    const { store } = counted();
    const lookup = createBookingLookup({
      getAll: paths =>
        down ? Promise.resolve({ ok: false, error: { kind: 'unavailable', detail: 'down' } }) : store.getAll(paths),
    });
    const answers = await Promise.all([lookup('a'), lookup('b')]);
    expect(answers.map(answer => answer.ok)).toEqual([false, false]);
    down = false;
    expect(await lookup('a')).toEqual({ ok: true, value: undefined });
  });
});
