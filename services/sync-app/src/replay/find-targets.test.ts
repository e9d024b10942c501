import type { Parked } from '@innkeeper/shared/contracts/parked';
import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, test } from 'vitest';
import { findTargets } from './find-targets.ts';
import type { Choice } from './read-replay-order.ts';

async function setUp() {
  const store = inMemoryDocumentStore();
  const at = (index: number): string =>
    new Date(Date.UTC(2026, 10, 1) + Math.floor(index / 400) * 86_400_000).toISOString();
  for (let index = 0; index < 1_000; index += 1) {
    const eventId = `msg_${String(index).padStart(4, '0')}`;
    const event = {
      v: 1,
      source: index % 2 === 0 ? 'guesty' : 'aircall',
      eventId,
      event: index % 4 === 0 ? 'reservation.updated.v2' : 'call.ended',
      receivedAt: at(index),
      outcome: index % 10 === 0 ? 'parked' : 'written',
      records: [],
      pipelineRevision: 1,
      payload: { inline: 'not to be read' },
    } satisfies StoredEvent;
    await store.commit([{ op: 'set', path: `events/${eventId}`, fields: event }]);
    if (index % 10 !== 0) continue;
    const parked = {
      v: 1,
      by: 'test',
      reason: index % 20 === 0 ? 'payload_unexpected' : 'attempts_exhausted',
      detail: 'one sentence',
      subject: `events/${eventId}`,
      attempts: 1,
      parkedAt: at(index),
    } satisfies Parked;
    await store.commit([{ op: 'set', path: `parked/${event.source}-${eventId}`, fields: parked }]);
  }
  return store;
}
const store = await setUp();
const GO_ON = new AbortController().signal;

async function idsOf(choice: Partial<Choice>) {
  const found = await findTargets(store, { limit: 10_000, ...choice }, GO_ON);
  if (!found.ok) throw new Error(found.error);
  return { ids: found.value.targets.map(({ id }) => id), isCut: found.value.isCut };
}

describe('what is chosen', () => {
  test('is all of it, also where many came at the same moment, the oldest first', async () => {
    const { ids, isCut } = await idsOf({ from: '2026-11-01T00:00:00.000Z' });
    expect(ids).toHaveLength(1_000);
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(isCut).toBe(false);
  });

  test.each<[string, Partial<Choice>, number]>([
    ['a range', { from: '2026-11-02T00:00:00.000Z', to: '2026-11-03T00:00:00.000Z' }, 400],
    ['a source', { source: 'aircall' }, 500],
    ['an event', { event: 'reservation.*' }, 250],
    ['all that is parked', { parked: {} }, 100],
    ['a reason', { parked: { reason: 'attempts_exhausted' } }, 50],
    [
      'a reason, a source and a day',
      { parked: { reason: 'payload_unexpected' }, source: 'guesty', to: '2026-11-02T00:00:00.000Z' },
      20,
    ],
    ['a source that has none parked', { parked: {}, source: 'aircall' }, 0],
  ])('by %s', async (_what, choice, count) => {
    expect((await idsOf(choice)).ids).toHaveLength(count);
  });

  test('says that there is more where a limit cuts it', async () => {
    expect(await idsOf({ source: 'guesty', limit: 3 })).toEqual({
      ids: ['msg_0000', 'msg_0002', 'msg_0004'],
      isCut: true,
    });
    expect((await idsOf({ source: 'guesty', limit: 500 })).isCut).toBe(false);
  });

  test('by ids of events and of parked things; what nobody knows is named', async () => {
    const found = await findTargets(
      store,
      {
        limit: 10,
        ids: ['guesty-msg_0010', 'msg_0011', 'nobody', 'a/b', '..', 'nobody'],
      },
      GO_ON,
    );
    expect(found.ok && found.value.targets.map(({ id, way }) => [id, way.by])).toEqual([
      ['guesty-msg_0010', 'queue'],
      ['msg_0011', 'queue'],
      ['nobody', 'none'],
      ['a/b', 'none'],
      ['..', 'none'],
    ]);
  });
});

test('a store that is away is said to be', async () => {
  const away = inMemoryDocumentStore({ fault: () => ({ kind: 'unavailable', detail: 'away' }) });
  expect(await findTargets(away, { limit: 1, parked: {} }, GO_ON)).toMatchObject({ ok: false });
});

test('whoever interrupts the looking is told that nothing was sent', async () => {
  const found = await findTargets(store, { limit: 1, parked: {} }, AbortSignal.abort());
  expect(found.ok ? '' : found.error).toContain('nothing was sent');
});
