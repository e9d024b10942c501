import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { Parked } from '../contracts/parked.ts';
import { StoredEvent } from '../contracts/stored-event.ts';
import { createLog } from '../log/log.ts';
import { ok } from '../result/result.ts';
import { inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import { inMemoryOverflow } from '../testing/in-memory-overflow.ts';
import { queuedMessage } from '../testing/queued-message.ts';
import { acceptDelivery } from './accept-delivery.ts';
import { consumeDeliveries } from './consume-deliveries.ts';

const Golden = z.object({
  inboundDelivery: InboundDelivery,
  inboundDeliveryInOverflow: InboundDelivery,
  storedEvent: StoredEvent,
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
    const sent: unknown[] = [];
    const queue = {
      send: (delivery: unknown) => {
        sent.push(delivery);
        return Promise.resolve(ok(undefined));
      },
    };
    const ports = { queue, overflow: inMemoryOverflow(), now };
    await acceptDelivery(ports, { source: 'aircall', eventId: 'e1', body: '{"event":"contact.updated","id":"1"}' });
    await acceptDelivery(ports, { source: 'guesty', eventId: 'msg_1', body: 'x'.repeat(200_000) });
    expect(sent).toEqual([golden.inboundDelivery, golden.inboundDeliveryInOverflow]);
  });

  test('what is stored of it now is what readers know', async () => {
    const store = inMemoryDocumentStore();
    const ports = {
      store,
      overflow: inMemoryOverflow(),
      log: createLog('test', () => undefined),
      now,
      random: () => 0,
      wait: () => Promise.resolve(),
    };
    const source = {
      source: 'aircall' as const,
      deployable: 'aircall-webhook',
      pipelineRevision: 1,
      eventName: () => 'contact.updated',
      interpret: () =>
        Promise.resolve({
          kind: 'unfinished' as const,
          changes: [],
          failure: { kind: 'payload_unexpected' as const, detail: 'unexpected: name' },
        }),
    };
    await consumeDeliveries(ports, source, [queuedMessage(golden.inboundDelivery, 3)]);
    expect(store.documents.get('events/e1')?.fields).toMatchObject(golden.storedEvent);
    expect(store.documents.get('parked/aircall-e1')?.fields).toEqual(golden.parked);
  });
});
