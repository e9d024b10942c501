import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Parked } from '../contracts/parked.ts';
import { StoredEvent } from '../contracts/stored-event.ts';
import { BusinessRecord } from '../domain/business-record.ts';
import type { AcceptDeliveryPorts } from '../ingest/accept-delivery.ts';
import { consumeDeliveries } from '../ingest/consume-deliveries.ts';
import type { DeliverySource } from '../ingest/delivery-source.ts';
import { createLog, type Log } from '../log/log.ts';
import type { DocumentStore } from '../ports/document-store.ts';
import type { LiveSecrets } from '../ports/live-secrets.ts';
import { fixedSecrets } from './fixed-secrets.ts';
import { inMemoryDocumentStore } from './in-memory-document-store.ts';
import { inMemoryGate } from './in-memory-gate.ts';
import { inMemoryOverflow } from './in-memory-overflow.ts';
import { inMemoryQueue } from './in-memory-queue.ts';
import { mutatedJson } from './mutated-json.ts';
import { type ObservedMessage, queuedMessage } from './queued-message.ts';

/** A webhook Worker's own code, between the vendor's request and the records. */
export interface WebhookUnderTest {
  readonly secret: string;
  handler(ports: AcceptDeliveryPorts & { readonly secrets: LiveSecrets }): (request: Request) => Promise<Response>;
  source(ports: { readonly store: DocumentStore; readonly log: Log }): DeliverySource;
  /** As the vendor would send it. */
  request(body: string, deliveryId: string, nowMs: number): Request;
  /** Events as the vendor sends them, without credentials. */
  readonly samples: readonly object[];
}

const NOW = Date.parse('2026-11-21T09:00:00.000Z');

interface Delivered {
  readonly status: number;
  readonly fates: readonly ObservedMessage['fate'][];
  readonly eventId: string | undefined;
}

function start(webhook: WebhookUnderTest) {
  const lines: string[] = [];
  const [store, overflow, queue, gate] = [inMemoryDocumentStore(), inMemoryOverflow(), inMemoryQueue(), inMemoryGate()];
  const log = createLog('test', line => lines.push(line));
  const now = () => NOW;
  const handle = webhook.handler({ queue, overflow, now, log, secrets: fixedSecrets([webhook.secret]) });
  const source = webhook.source({ store, log });
  const consumer = { store, overflow, gate, log, now, random: () => 0.5, wait: () => Promise.resolve() };
  let consumed = 0;
  const deliver = async (body: string, deliveryId: string): Promise<Delivered> => {
    const answer = await handle(webhook.request(body, deliveryId, NOW));
    const messages = queue.sent.slice(consumed).map(delivery => queuedMessage(delivery));
    consumed = queue.sent.length;
    await consumeDeliveries(consumer, source, messages);
    const eventId = queue.sent.at(-1)?.eventId;
    return { status: answer.status, fates: messages.map(message => message.fate), eventId };
  };
  const fields = (path: string) => store.documents.get(path)?.fields;
  return { deliver, fields, store, gate, lines, source };
}

/** What is wrong with how a delivery was answered and where it ended; nothing, as it should be. */
function complaintsAbout(at: ReturnType<typeof start>, { status, fates, eventId }: Delivered): string[] {
  const { size } = at.store.documents;
  if (status === 400) return size === 0 ? [] : ['refused, and kept all the same'];
  const event = StoredEvent.safeParse(at.fields(`events/${eventId}`));
  const parked = Parked.safeParse(at.fields(`parked/${at.source.source}-${eventId}`));
  const unreadable = [...at.store.documents].filter(
    ([path, document]) => path.startsWith('records/') && !BusinessRecord.safeParse(document.fields).success,
  );
  const rules: readonly (readonly [complaint: string, isBroken: boolean])[] = [
    [`answered ${status}`, status !== 200],
    ['not settled at the first attempt', fates.length !== 1 || fates[0] !== 'acknowledged'],
    ['crashed', at.lines.some(line => line.includes('delivery.crashed'))],
    ['its event is not kept', !event.success],
    ['marked, and nothing is', event.data?.outcome === 'marked' && at.gate.marks.length === 0],
    ['an id no record can have is to be read', at.gate.marks.some(mark => !/^.{1,256}$/su.test(mark.id))],
    ['a time that is none', at.gate.marks.some(mark => !Number.isFinite(mark.seenAtMs))],
    ['parked without being named', (event.data?.outcome === 'parked') !== parked.success],
    ['parked for no reason of its own', parked.success && !REASONS.has(parked.data.reason)],
    ['parked without a place', parked.success && !/: |missing |refuse/u.test(parked.data.detail)],
    ...unreadable.map(([path]) => [`${path} is no record`, true] as const),
  ];
  return rules.filter(([, isBroken]) => isBroken).map(([complaint]) => complaint);
}

/** Only reasons that lie in the delivery itself. */
const REASONS = new Set(['payload_unexpected', 'facts_insufficient', 'store_refused']);

/** Whatever a vendor sends, it is answered, it ends somewhere with a name, and it harms nothing else. */
export function oddDeliveriesContract(webhook: WebhookUnderTest, runs: number): void {
  describe('deliveries that are not as they should be', () => {
    test('each ends written, marked, unsupported or parked with the place named, at the first attempt', async () => {
      await fc.assert(
        fc.asyncProperty(mutatedJson(webhook.samples), async body => {
          const at = start(webhook);
          expect(complaintsAbout(at, await at.deliver(body, 'msg_odd'))).toEqual([]);
        }),
        { numRuns: runs },
      );
    });

    test('what comes after one, as it should be, is understood', async () => {
      await fc.assert(
        fc.asyncProperty(mutatedJson(webhook.samples), fc.constantFrom(...webhook.samples), async (odd, sample) => {
          const at = start(webhook);
          await at.deliver(odd, 'msg_odd');
          const { status, fates, eventId } = await at.deliver(JSON.stringify(sample), 'msg_good');
          expect([status, fates]).toEqual([200, eventId === undefined ? [] : ['acknowledged']]);
          const event = StoredEvent.parse(at.fields(`events/${eventId}`));
          expect(['written', 'older', 'same', 'marked', 'unsupported']).toContain(event.outcome);
        }),
        { numRuns: runs },
      );
    });

    test('fields that nobody knows are kept with the event', async () => {
      for (const sample of webhook.samples) {
        const at = start(webhook);
        const later = { nested: [{ of: 'a later release' }], number: 7, text: 'Ünïcode' };
        const { eventId } = await at.deliver(JSON.stringify({ ...sample, later }), 'msg_later');
        const { payload } = StoredEvent.parse(at.fields(`events/${eventId}`));
        expect(JSON.parse('inline' in payload ? payload.inline : '')).toMatchObject({ later });
      }
    });
  });
}
