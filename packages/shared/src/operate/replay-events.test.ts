import { describe, expect, test } from 'vitest';
import type { StoredEvent } from '../contracts/stored-event.ts';
import { QUEUE_MESSAGE_BYTES_MAX } from '../ingest/accept-delivery.ts';
import { ERASED_PAYLOAD } from '../ingest/event-document.ts';
import type { DocumentFields } from '../ports/document-store.ts';
import { inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import { inMemoryOverflow } from '../testing/in-memory-overflow.ts';
import { inMemoryQueue } from '../testing/in-memory-queue.ts';
import { replayEvents } from './replay-events.ts';

const RECEIVED_AT = '2026-11-19T09:00:00.000Z';

async function setUp(events: readonly Partial<StoredEvent>[]) {
  const store = inMemoryDocumentStore();
  const queue = inMemoryQueue();
  const overflow = inMemoryOverflow();
  for (const event of events) {
    const stored: StoredEvent = {
      v: 1,
      source: 'guesty',
      eventId: 'msg_1',
      event: 'reservation.updated.v2',
      receivedAt: RECEIVED_AT,
      outcome: 'written',
      records: [],
      pipelineRevision: 1,
      payload: { inline: '{"event":"reservation.updated.v2"}' },
      ...event,
    };
    await store.commit([
      { op: 'set', path: `events/${stored.eventId}`, fields: JSON.parse(JSON.stringify(stored)) as DocumentFields },
    ]);
  }
  return { store, queue, overflow, source: 'guesty' as const };
}

const asked = (...eventIds: string[]) => ({ replayId: '20261121T090000Z-1', eventIds });

describe('a replay', () => {
  test('puts events on the queue under their own ids, with their own times', async () => {
    const ports = await setUp([{}, { eventId: 'msg_2', outcome: 'parked', reason: 'payload_unexpected' }]);
    const replayed = await replayEvents(ports, asked('msg_2', 'msg_1', 'msg_2'));
    expect(replayed).toEqual({
      ok: true,
      value: {
        events: [
          { eventId: 'msg_2', outcome: 'sent' },
          { eventId: 'msg_1', outcome: 'sent' },
        ],
      },
    });
    expect(ports.queue.sent).toEqual(
      ['msg_2', 'msg_1'].map(eventId => ({
        v: 1,
        source: 'guesty',
        eventId,
        receivedAt: RECEIVED_AT,
        replay: '20261121T090000Z-1',
        body: { inline: '{"event":"reservation.updated.v2"}' },
      })),
    );
  });

  test('names what it cannot send, and sends the rest', async () => {
    const ports = await setUp([
      {},
      { eventId: 'call_1', source: 'aircall' },
      { eventId: 'large_1', payload: { r2Key: 'events/guesty/large_1.json' } },
      { eventId: 'erased_1', payload: ERASED_PAYLOAD },
    ]);
    const replayed = await replayEvents(ports, asked('nobody', 'a/b', '..', 'call_1', 'large_1', 'erased_1', 'msg_1'));
    expect(replayed.ok && replayed.value.events.map(({ outcome }) => outcome)).toEqual([
      'unknown',
      'unknown',
      'unknown',
      'not_ours',
      'payload_gone',
      'payload_gone',
      'sent',
    ]);
    expect(ports.queue.sent.map(({ eventId }) => eventId)).toEqual(['msg_1']);
  });

  test('refers to a payload that lies beside its event, and leaves it there', async () => {
    const ports = await setUp([{ payload: { r2Key: 'events/guesty/msg_1.json' } }]);
    await ports.overflow.put('events/guesty/msg_1.json', '{}');
    await replayEvents(ports, asked('msg_1'));
    expect(ports.queue.sent[0]?.body).toEqual({ r2Key: 'events/guesty/msg_1.json' });
  });

  test.each([
    ['letters', 'x'.repeat(200_000)],
    ['quotes, which cost two bytes on the queue', '"'.repeat(70_000)],
    ['letters of two bytes', 'ü'.repeat(70_000)],
  ])('keeps a body that no message can hold in an object of its own: %s', async (_what, text) => {
    const inline = JSON.stringify({ text });
    const ports = await setUp([{ payload: { inline } }]);
    await replayEvents(ports, asked('msg_1'));
    const body = ports.queue.sent[0]?.body;
    const key = 'deliveries/guesty/msg_1~20261121T090000Z-1.json';
    expect(body).toEqual({ r2Key: key });
    expect(ports.overflow.objects.get(key)).toBe(inline);
  });

  test.each([1_000, 100_000, 123_000, 124_000, 125_000])(
    'of %i letters fits a message or goes beside it',
    async length => {
      const ports = await setUp([{ payload: { inline: JSON.stringify({ text: 'x'.repeat(length) }) } }]);
      await replayEvents(ports, asked('msg_1'));
      const bytes = new TextEncoder().encode(JSON.stringify(ports.queue.sent[0])).length;
      expect(bytes).toBeLessThanOrEqual(QUEUE_MESSAGE_BYTES_MAX);
    },
  );

  test('fails as a whole where the queue or the bucket takes nothing, so that it is asked for again', async () => {
    const ports = await setUp([{}, { eventId: 'large_1', payload: { inline: `"${'x'.repeat(200_000)}"` } }]);
    ports.queue.state = 'refuses';
    expect(await replayEvents(ports, asked('msg_1'))).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    ports.queue.state = 'takes';
    ports.overflow.down = true;
    expect(await replayEvents(ports, asked('large_1'))).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(ports.queue.sent).toEqual([]);
  });
});
