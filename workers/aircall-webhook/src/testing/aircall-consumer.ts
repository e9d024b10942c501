import type { StoredEvent } from '@innkeeper/shared/contracts/stored-event';
import { consumeDeliveries } from '@innkeeper/shared/ingest/consume-deliveries';
import { createLog } from '@innkeeper/shared/log/log';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { inMemoryGate } from '@innkeeper/shared/testing/in-memory-gate';
import { inMemoryOverflow } from '@innkeeper/shared/testing/in-memory-overflow';
import { type ObservedMessage, queuedMessage } from '@innkeeper/shared/testing/queued-message';
import { createAircallSource } from '../aircall-source.ts';
import { eventIdOf } from '../event-id.ts';

/** The consumer of Aircall's deliveries, all in memory. */
const RECEIVED_AT = '2026-11-21T09:00:00.000Z';

export function aircallConsumer() {
  const store = inMemoryDocumentStore();
  const gate = inMemoryGate();
  const logged: Record<string, unknown>[] = [];
  const log = createLog('test', line => logged.push(JSON.parse(line) as Record<string, unknown>));
  const ports = {
    store,
    gate,
    overflow: inMemoryOverflow(),
    log,
    now: () => Date.parse(RECEIVED_AT),
    random: () => 0.5,
    wait: () => Promise.resolve(),
  };
  const source = createAircallSource({ log });

  const deliver = async (...payloads: object[]): Promise<ObservedMessage['fate'][]> => {
    const messages = await Promise.all(
      payloads.map(async sent => {
        const { token: _stripped, ...payload } = sent as Record<string, unknown>;
        const eventId = await eventIdOf(payload);
        const body = { inline: JSON.stringify(payload) };
        return queuedMessage({ v: 1, source: 'aircall', eventId, receivedAt: RECEIVED_AT, body });
      }),
    );
    await consumeDeliveries(ports, source, messages);
    return messages.map(message => message.fate);
  };

  const fieldsUnder = (collection: string) =>
    [...store.documents.values()]
      .filter(document => document.path.startsWith(`${collection}/`))
      .map(document => document.fields);
  const record = (kind: string, id: string | number) => store.documents.get(`records/aircall:${kind}:${id}`)?.fields;

  return {
    ports,
    source,
    store,
    gate,
    logged,
    deliver,
    record,
    facts: (kind: string, id: string | number) => record(kind, id)?.['facts'],
    events: () => fieldsUnder('events') as unknown as StoredEvent[],
    parked: () => fieldsUnder('parked'),
  };
}
