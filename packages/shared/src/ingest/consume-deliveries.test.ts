import { describe, expect, test } from 'vitest';
import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { Parked } from '../contracts/parked.ts';
import { createLog } from '../log/log.ts';
import type { StoreError } from '../ports/document-store.ts';
import { type DocumentStoreFault, inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import { inMemoryOverflow } from '../testing/in-memory-overflow.ts';
import { queuedMessage } from '../testing/queued-message.ts';
import { consumeDeliveries } from './consume-deliveries.ts';
import type { DeliverySource, Interpretation } from './delivery-source.ts';
import { parkDeadLetters } from './park-dead-letters.ts';
import { rank } from './record-change.ts';

const AT = '2026-11-21T09:00:00.000Z';
const DOWN: StoreError = { kind: 'unavailable', detail: 'down' };

/** A source whose deliveries say what they mean: `{event, id, version, tags}`. */
function source(overrides: Partial<DeliverySource> = {}): DeliverySource {
  return {
    source: 'aircall',
    deployable: 'test-webhook',
    pipelineRevision: 1,
    eventName: payload => (typeof payload['event'] === 'string' ? payload['event'] : ''),
    interpret: ({ delivery, payload }) => {
      if (payload['event'] === 'crash') throw new Error('a bug');
      if (payload['event'] === 'poison') return Promise.resolve(broken('payload_unexpected'));
      if (payload['event'] !== 'contact.updated') return Promise.resolve<Interpretation>({ kind: 'unsupported' });
      const id = String(payload['id']);
      const facts = { contactId: id, firstName: String(payload['name']) };
      const change = {
        source: 'aircall' as const,
        kind: 'contact' as const,
        sourceId: id,
        parts: [{ rank: rank.state, version: Number(payload['version']), facts, deleted: false }],
        pipelineRevision: overrides.pipelineRevision ?? 1,
        observedAtMs: Date.parse(delivery.receivedAt),
        receivedAt: delivery.receivedAt,
        provenance: { eventId: delivery.eventId, event: 'contact.updated', via: 'webhook' as const },
      };
      return Promise.resolve<Interpretation>({ kind: 'understood', changes: [change] });
    },
    ...overrides,
  };
}

const broken = (kind: 'payload_unexpected' | 'vendor_unavailable'): Interpretation => ({
  kind: 'unfinished',
  changes: [],
  failure: { kind, detail: 'for the test' },
});

function delivery(eventId: string, payload: object): InboundDelivery {
  return { v: 1, source: 'aircall', eventId, receivedAt: AT, body: { inline: JSON.stringify(payload) } };
}

const contact = (eventId: string, version: number, name = 'Nora', id = '1') =>
  delivery(eventId, { event: 'contact.updated', id, version, name });

function ports(fault?: DocumentStoreFault) {
  const logged: string[] = [];
  const store = inMemoryDocumentStore(fault === undefined ? {} : { fault });
  return {
    store,
    overflow: inMemoryOverflow(),
    logged,
    log: createLog('test', line => logged.push(line)),
    now: () => Date.parse(AT),
    random: () => 0.5,
    wait: () => Promise.resolve(),
    fields: (path: string) => store.documents.get(path)?.fields,
  };
}

describe('consuming deliveries', () => {
  test('a delivery becomes its record and its event, then is acknowledged', async () => {
    const at = ports();
    const message = queuedMessage(contact('e1', 1));
    await consumeDeliveries(at, source(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ kind: 'contact', facts: { firstName: 'Nora' } });
    expect(at.fields('events/e1')).toMatchObject({
      outcome: 'written',
      records: ['aircall:contact:1'],
    });
  });

  test('the same delivery again changes nothing, not even when it is in the same batch', async () => {
    const at = ports();
    const messages = [queuedMessage(contact('e1', 1)), queuedMessage(contact('e1', 1))];
    await consumeDeliveries(at, source(), messages);
    const before = new Map(at.store.documents);
    await consumeDeliveries(at, source(), [queuedMessage(contact('e1', 1), 4)]);
    expect(new Map(at.store.documents)).toEqual(before);
    expect(messages.map(message => message.fate)).toEqual(['acknowledged', 'acknowledged']);
  });

  test('deliveries about one thing end in its newest state, whatever order the batch has', async () => {
    const orders = [
      [1, 2, 3],
      [3, 1, 2],
      [2, 3, 1],
    ];
    for (const order of orders) {
      const at = ports();
      await consumeDeliveries(
        at,
        source(),
        order.map(version => queuedMessage(contact(`e${version}`, version, `name ${version}`))),
      );
      expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'name 3' } });
    }
  });

  test('one poison message neither stops nor repeats the others', async () => {
    const at = ports();
    const messages = ['contact.updated', 'poison', 'crash', 'contact.updated'].map((event, index) =>
      queuedMessage(delivery(`e${index}`, { event, id: String(index), version: 1, name: 'N' })),
    );
    await consumeDeliveries(at, source(), messages);
    expect(messages.map(message => message.fate)).toEqual([
      'acknowledged',
      'acknowledged',
      { delaySeconds: 2 },
      'acknowledged',
    ]);
    expect(at.fields('parked/aircall-e1')).toMatchObject({
      by: 'test-webhook',
      reason: 'payload_unexpected',
      subject: 'events/e1',
    });
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'parked', reason: 'payload_unexpected' });
  });

  test('an authentic event that is not mapped is kept as unsupported', async () => {
    const at = ports();
    await consumeDeliveries(at, source(), [queuedMessage(delivery('e1', { event: 'number.closed', digits: '1' }))]);
    expect(at.fields('events/e1')).toMatchObject({
      outcome: 'unsupported',
      event: 'number.closed',
      payload: { inline: '{"event":"number.closed","digits":"1"}' },
    });
  });

  test.each(['getAll', 'commit'] as const)(
    'while the store fails at %s, deliveries go back and nothing is lost',
    async operation => {
      let down = true;
      const at = ports(point => (down && point.operation === operation ? DOWN : undefined));
      const first = queuedMessage(contact('e1', 1));
      await consumeDeliveries(at, source(), [first]);
      expect(first.fate).toEqual({ delaySeconds: 2 });
      down = false;
      const second = queuedMessage(contact('e1', 1), 2);
      await consumeDeliveries(at, source(), [second]);
      expect(second.fate).toBe('acknowledged');
      expect(at.fields('records/aircall:contact:1')).toBeDefined();
    },
  );

  test('a commit whose answer got lost is not done twice', async () => {
    let lose = true;
    const at = ports(point => (lose && point.operation === 'commit' && point.phase === 'after' ? DOWN : undefined));
    await consumeDeliveries(at, source(), [queuedMessage(contact('e1', 1))]);
    lose = false;
    const before = new Map(at.store.documents);
    const again = queuedMessage(contact('e1', 1), 2);
    await consumeDeliveries(at, source(), [again]);
    expect([again.fate, new Map(at.store.documents)]).toEqual(['acknowledged', before]);
  });

  test('a record that somebody else just changed is read again and merged', async () => {
    let interfere = true;
    const at = ports(async point => {
      if (!interfere || point.operation !== 'commit' || point.phase !== 'before') return undefined;
      interfere = false;
      await consumeDeliveries(at, source(), [queuedMessage(contact('e9', 9, 'newest'))]);
      return undefined;
    });
    const message = queuedMessage(contact('e1', 1, 'late'));
    await consumeDeliveries(at, source(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'newest' } });
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'older' });
  });

  test('after five tries against other writers the queue gets it back', async () => {
    const at = ports(point => (point.operation === 'commit' ? { kind: 'contention', detail: 'busy' } : undefined));
    const message = queuedMessage(contact('e1', 1));
    await consumeDeliveries(at, source(), [message]);
    expect(message.fate).toEqual({ delaySeconds: 2 });
  });

  test('a replay by a newer mapping takes effect, by the same one it does nothing', async () => {
    const at = ports();
    await consumeDeliveries(at, source(), [
      queuedMessage(delivery('e1', { event: 'contact.updated', id: '1', version: 1, name: 'NORA' })),
    ]);
    const fixed = delivery('e1', { event: 'contact.updated', id: '1', version: 1, name: 'Nora' });
    await consumeDeliveries(at, source(), [queuedMessage(fixed)]);
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'NORA' } });
    await consumeDeliveries(at, source({ pipelineRevision: 2 }), [queuedMessage(fixed)]);
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'Nora' } });
    expect(at.fields('events/e1')).toMatchObject({ pipelineRevision: 2 });
  });

  test('what is known so far is written though the delivery is not finished', async () => {
    const at = ports();
    const understood = source();
    const half = source({
      interpret: async received => {
        const whole = await understood.interpret(received);
        const changes = whole.kind === 'understood' ? whole.changes : [];
        return {
          kind: 'unfinished',
          changes,
          failure: { kind: 'vendor_limited', detail: 'later', retryAfterMs: 60_000 },
        };
      },
    });
    const message = queuedMessage(contact('e1', 1));
    await consumeDeliveries(at, half, [message]);
    expect(message.fate).toEqual({ delaySeconds: 60 });
    expect(at.fields('records/aircall:contact:1')).toBeDefined();
    expect(at.fields('events/e1')).toBeUndefined();
  });

  test('a body in the overflow store is read from there, and gone once it is settled', async () => {
    const at = ports();
    await at.overflow.put(
      'deliveries/aircall/e1.json',
      JSON.stringify({ event: 'contact.updated', id: '1', version: 1, name: 'N' }),
    );
    const large = { ...contact('e1', 1), body: { r2Key: 'deliveries/aircall/e1.json' } };
    at.overflow.down = true;
    const early = queuedMessage(large);
    await consumeDeliveries(at, source(), [early]);
    expect(early.fate).toEqual({ delaySeconds: 2 });
    at.overflow.down = false;
    const [first, repeat] = [queuedMessage(large, 2), queuedMessage(large, 1)];
    await consumeDeliveries(at, source(), [first]);
    await consumeDeliveries(at, source(), [repeat]);
    expect([first.fate, repeat.fate, at.overflow.objects.size]).toEqual(['acknowledged', 'acknowledged', 0]);
    expect(at.fields('records/aircall:contact:1')).toBeDefined();
    expect(at.fields('parked/aircall-e1')).toBeUndefined();
  });

  test('a body that is nowhere is parked, not retried for ever', async () => {
    const at = ports();
    const message = queuedMessage({ ...contact('e1', 1), body: { r2Key: 'deliveries/aircall/e1.json' } });
    await consumeDeliveries(at, source(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.fields('parked/aircall-e1')).toMatchObject({ reason: 'body_missing' });
  });

  test('a payload too large for a document is kept beside it', async () => {
    const at = ports();
    const text = 'word '.repeat(200_000);
    await consumeDeliveries(at, source(), [queuedMessage(delivery('e1', { event: 'big', text }))]);
    expect(at.fields('events/e1')).toMatchObject({ payload: { r2Key: 'events/aircall/e1.json' } });
    expect(JSON.parse(at.overflow.objects.get('events/aircall/e1.json') ?? '')).toEqual({ event: 'big', text });
  });

  test('a message that is no delivery is kept whole where a person finds it', async () => {
    const at = ports();
    const message = queuedMessage({ v: 99, strange: true });
    await consumeDeliveries(at, source(), [message]);
    expect(message.fate).toBe('acknowledged');
    const [parked] = [...at.store.documents.values()].map(document => document.fields);
    expect(parked).toMatchObject({ reason: 'delivery_unreadable' });
    const key = Parked.parse(parked).subject.replace('r2:', '');
    expect(JSON.parse(at.overflow.objects.get(key) ?? '')).toEqual({ v: 99, strange: true });
  });

  test('a document that is no record is never overwritten', async () => {
    const at = ports();
    await at.store.commit([{ op: 'set', path: 'records/aircall:contact:1', fields: { written: 'by hand' } }]);
    await consumeDeliveries(at, source(), [queuedMessage(contact('e1', 1))]);
    expect(at.fields('records/aircall:contact:1')).toEqual({ written: 'by hand' });
    expect(at.fields('parked/aircall-e1')).toMatchObject({ reason: 'record_unreadable' });
  });

  test('nothing a person wrote reaches the log', async () => {
    const at = ports();
    const texts = ['contact.updated', 'poison', 'crash', 'other'].map((event, index) =>
      queuedMessage(delivery(`e${index}`, { event, id: '1', version: 1, name: 'Grace Guest', body: 'private words' })),
    );
    await consumeDeliveries(at, source(), texts);
    expect(at.logged.length).toBeGreaterThan(0);
    expect(at.logged.join()).not.toMatch(/Grace|private/u);
  });
});

describe('dead letters', () => {
  test('are parked with their payload, and come back to life when delivered again', async () => {
    const at = ports();
    const dead = queuedMessage(contact('e1', 1), 1);
    await parkDeadLetters(at, source(), [dead]);
    expect(dead.fate).toBe('acknowledged');
    expect(at.fields('parked/aircall-e1')).toMatchObject({ reason: 'attempts_exhausted', subject: 'events/e1' });
    expect(at.fields('events/e1')).toHaveProperty('payload.inline', expect.stringContaining('Nora'));

    await consumeDeliveries(at, source(), [queuedMessage(contact('e1', 1))]);
    expect(at.fields('parked/aircall-e1')).toBeUndefined();
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'written' });
  });

  test('keep their payload when a copy comes whose body is gone', async () => {
    const at = ports();
    const r2Key = 'deliveries/aircall/e1.json';
    await at.overflow.put(r2Key, JSON.stringify({ event: 'contact.updated', name: 'Nora' }));
    const large = { ...contact('e1', 1), body: { r2Key } };
    await parkDeadLetters(at, source(), [queuedMessage(large)]);
    expect(at.overflow.objects.size).toBe(0);
    await consumeDeliveries(at, source(), [queuedMessage(large)]);
    expect(at.fields('events/e1')).toHaveProperty('payload.inline', expect.stringContaining('Nora'));
    expect(at.fields('parked/aircall-e1')).toMatchObject({ subject: 'events/e1' });
  });

  test('stay on their queue while nothing durable takes them', async () => {
    const at = ports(() => DOWN);
    const dead = queuedMessage(contact('e1', 1));
    await parkDeadLetters(at, source(), [dead]);
    expect(dead.fate).toEqual({ delaySeconds: 2 });
    const unreadable = queuedMessage('not a delivery');
    await parkDeadLetters(at, source(), [unreadable]);
    expect(unreadable.fate).toEqual({ delaySeconds: 2 });
  });

  test('are dropped where another copy was settled meanwhile', async () => {
    const at = ports();
    await consumeDeliveries(at, source(), [queuedMessage(contact('e1', 1))]);
    const dead = queuedMessage(contact('e1', 1), 9);
    await parkDeadLetters(at, source(), [dead]);
    expect([dead.fate, at.fields('parked/aircall-e1')]).toEqual(['acknowledged', undefined]);
  });
});
