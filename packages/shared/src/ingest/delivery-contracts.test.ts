import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { Parked } from '../contracts/parked.ts';
import { StoredEvent } from '../contracts/stored-event.ts';
import { createLog } from '../log/log.ts';
import type { DocumentFields } from '../ports/document-store.ts';
import type { Mark } from '../ports/hydration-gate.ts';
import { inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import { inMemoryGate } from '../testing/in-memory-gate.ts';
import { inMemoryOverflow } from '../testing/in-memory-overflow.ts';
import { inMemoryQueue } from '../testing/in-memory-queue.ts';
import { queuedMessage } from '../testing/queued-message.ts';
import { acceptDelivery } from './accept-delivery.ts';
import { consumeDeliveries } from './consume-deliveries.ts';
import { type DeliverySource, type Interpretation, UNKNOWN_EVENT } from './delivery-source.ts';

const Golden = z.object({
  inboundDelivery: InboundDelivery,
  inboundDeliveryInOverflow: InboundDelivery,
  inboundDeliveryReplayed: InboundDelivery,
  storedEvent: StoredEvent,
  storedEventMarked: StoredEvent,
  storedEventUnsupported: StoredEvent,
  parked: Parked,
});
const file = path.resolve(import.meta.dirname, '../contracts/delivery.golden.json');
const onDisk: unknown = JSON.parse(readFileSync(file, 'utf8'));
const golden = Golden.parse(onDisk);
const now = () => Date.parse('2026-11-21T09:00:00.000Z');

describe('the contracts of a delivery', () => {
  test('what was written before is read unchanged', () => {
    expect(golden).toEqual(onDisk);
  });

  test('what is put on the queue now is what readers know', async () => {
    const queue = inMemoryQueue();
    const ports = { queue, overflow: inMemoryOverflow(), now, log: createLog('test', () => undefined) };
    await acceptDelivery(ports, { source: 'aircall', eventId: 'e1', body: '{"event":"contact.updated","id":"1"}' });
    await acceptDelivery(ports, { source: 'guesty', eventId: 'msg_1', body: 'x'.repeat(200_000) });
    expect(queue.sent).toEqual([golden.inboundDelivery, golden.inboundDeliveryInOverflow]);
  });

  test('what is stored of it now is what readers know', async () => {
    const at = await consumed({
      kind: 'unfinished',
      changes: [],
      failure: { kind: 'payload_unexpected', detail: 'unexpected: name' },
    });
    expect(at('events/e1')).toMatchObject(golden.storedEvent);
    expect(at('parked/aircall-e1')).toEqual(golden.parked);
    const cause = { eventId: 'e1', event: 'contact.updated', receivedAt: golden.inboundDelivery.receivedAt };
    const mark: Mark = { subject: 'contact', id: '1', seenAtMs: now(), lane: 'live', cause };
    const marked = await consumed({ kind: 'understood', changes: [], marks: [mark] });
    expect(marked('events/e1')).toMatchObject(golden.storedEventMarked);
    const unsupported = await consumed({ kind: 'unsupported', reason: UNKNOWN_EVENT });
    expect(unsupported('events/e1')).toMatchObject(golden.storedEventUnsupported);
  });
});

async function consumed(meaning: Interpretation): Promise<(path: string) => DocumentFields | undefined> {
  const store = inMemoryDocumentStore();
  const ports = {
    store,
    overflow: inMemoryOverflow(),
    gate: inMemoryGate(),
    log: createLog('test', () => undefined),
    now,
    random: () => 0,
    wait: () => Promise.resolve(),
  };
  const source: DeliverySource = {
    source: 'aircall',
    deployable: 'aircall-webhook',
    pipelineRevision: 1,
    eventName: () => 'contact.updated',
    interpret: () => Promise.resolve(meaning),
  };
  await consumeDeliveries(ports, source, [queuedMessage(golden.inboundDelivery, 3)]);
  return path => store.documents.get(path)?.fields;
}
