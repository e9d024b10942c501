import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { type DeliverySource, type Interpretation, UNKNOWN_EVENT } from '../ingest/delivery-source.ts';
import { rank } from '../ingest/record-change.ts';
import { createLog } from '../log/log.ts';
import type { Mark } from '../ports/hydration-gate.ts';
import { type DocumentStoreFault, inMemoryDocumentStore } from './in-memory-document-store.ts';
import { inMemoryGate } from './in-memory-gate.ts';
import { inMemoryOverflow } from './in-memory-overflow.ts';

/** Deliveries that say what they mean, `{event, id, version, name}`, and all that consuming them needs, in memory. */
const AT = '2026-11-21T09:00:00.000Z';

/** `contact.updated` writes, `contact.seen` marks, `contact.hinted` does both; `number.closed` is known and not kept. */
export function plainSource(overrides: Partial<DeliverySource> = {}): DeliverySource {
  const interpret: DeliverySource['interpret'] = ({ delivery, payload }) => {
    switch (payload['event']) {
      case 'crash':
        throw new Error('a bug');
      case 'poison':
        return Promise.resolve(UNEXPECTED);
      case 'contact.seen':
        return Promise.resolve({ kind: 'understood', changes: [], marks: [plainMark(delivery)] });
      case 'contact.updated':
        return Promise.resolve({ kind: 'understood', changes: [changeOf(delivery, payload, overrides)] });
      case 'contact.hinted': {
        const changes = [changeOf(delivery, payload, overrides)];
        return Promise.resolve({ kind: 'understood', changes, marks: [plainMark(delivery)] });
      }
      default: {
        const reason = payload['event'] === 'number.closed' ? 'not_kept' : UNKNOWN_EVENT;
        return Promise.resolve({ kind: 'unsupported', reason });
      }
    }
  };
  return {
    source: 'aircall',
    deployable: 'test-webhook',
    pipelineRevision: 1,
    eventName: payload => (typeof payload['event'] === 'string' ? payload['event'] : ''),
    interpret,
    ...overrides,
  };
}

function changeOf(
  { eventId, receivedAt }: InboundDelivery,
  payload: Readonly<Record<string, unknown>>,
  { pipelineRevision = 1 }: Partial<DeliverySource>,
) {
  const id = String(payload['id']);
  const facts = { contactId: id, firstName: String(payload['name']) };
  return {
    source: 'aircall' as const,
    kind: 'contact' as const,
    sourceId: id,
    parts: [{ rank: rank.state, version: Number(payload['version']), facts, deleted: false }],
    pipelineRevision,
    observedAtMs: Date.parse(receivedAt),
    receivedAt,
    provenance: { eventId, event: 'contact.updated', via: 'webhook' as const },
  };
}

export const plainMark = ({ eventId, receivedAt }: InboundDelivery): Mark => ({
  subject: 'contact',
  id: '1',
  seenAtMs: Date.parse(AT),
  lane: 'live',
  cause: { eventId, event: 'contact.seen', receivedAt },
});

export const UNEXPECTED: Interpretation = {
  kind: 'unfinished',
  changes: [],
  failure: { kind: 'payload_unexpected', detail: 'for the test' },
};

export function plainDelivery(eventId: string, payload: object): InboundDelivery {
  return { v: 1, source: 'aircall', eventId, receivedAt: AT, body: { inline: JSON.stringify(payload) } };
}

export const contactDelivery = (eventId: string, version: number, name = 'Nora', id = '1'): InboundDelivery =>
  plainDelivery(eventId, { event: 'contact.updated', id, version, name });

export function consumerInMemory(fault?: DocumentStoreFault) {
  const logged: string[] = [];
  const store = inMemoryDocumentStore(fault === undefined ? {} : { fault });
  return {
    store,
    overflow: inMemoryOverflow(),
    gate: inMemoryGate(),
    logged,
    log: createLog('test', line => logged.push(line)),
    now: () => Date.parse(AT),
    random: () => 0.5,
    wait: () => Promise.resolve(),
    fields: (path: string) => store.documents.get(path)?.fields,
  };
}
