import { describe, expect, test } from 'vitest';
import { Parked } from '../contracts/parked.ts';
import { recordKey } from '../domain/ids.ts';
import type { StoreError } from '../ports/document-store.ts';
import { consumerInMemory, contactDelivery, plainDelivery, plainSource } from '../testing/plain-source.ts';
import { queuedMessage } from '../testing/queued-message.ts';
import { consumeDeliveries } from './consume-deliveries.ts';
import { UNKNOWN_EVENT } from './delivery-source.ts';

const DOWN: StoreError = { kind: 'unavailable', detail: 'down' };

describe('consuming deliveries', () => {
  test('a delivery becomes its record and its event, then is acknowledged', async () => {
    const at = consumerInMemory();
    const message = queuedMessage(contactDelivery('e1', 1));
    await consumeDeliveries(at, plainSource(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ kind: 'contact', facts: { firstName: 'Nora' } });
    expect(at.fields('events/e1')).toMatchObject({
      outcome: 'written',
      records: ['aircall:contact:1'],
    });
  });

  test('the same delivery again changes nothing, not even when it is in the same batch', async () => {
    const at = consumerInMemory();
    const messages = [queuedMessage(contactDelivery('e1', 1)), queuedMessage(contactDelivery('e1', 1))];
    await consumeDeliveries(at, plainSource(), messages);
    const before = new Map(at.store.documents);
    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1), 4)]);
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
      const at = consumerInMemory();
      await consumeDeliveries(
        at,
        plainSource(),
        order.map(version => queuedMessage(contactDelivery(`e${version}`, version, `name ${version}`))),
      );
      expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'name 3' } });
    }
  });

  test('one poison message neither stops nor repeats the others', async () => {
    const at = consumerInMemory();
    const messages = ['contact.updated', 'poison', 'crash', 'contact.updated'].map((event, index) =>
      queuedMessage(plainDelivery(`e${index}`, { event, id: String(index), version: 1, name: 'N' })),
    );
    await consumeDeliveries(at, plainSource(), messages);
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

  test('an authentic event that is not mapped is kept as unsupported, with the reason, and nobody is alarmed', async () => {
    const at = consumerInMemory();
    await consumeDeliveries(at, plainSource(), [
      queuedMessage(plainDelivery('e1', { event: 'number.closed', digits: '1' })),
    ]);
    expect(at.fields('events/e1')).toMatchObject({
      outcome: 'unsupported',
      reason: 'not_kept',
      event: 'number.closed',
      payload: { inline: '{"event":"number.closed","digits":"1"}' },
    });
    expect(at.logged.join()).not.toContain('event.unknown');
  });

  test('an event that no table names is told to operators once by its name, however often it comes', async () => {
    const at = consumerInMemory();
    const events = ['call.dreamt', 'call.dreamt', 'call.sung'].map((event, index) =>
      queuedMessage(plainDelivery(`e${index}`, { event })),
    );
    await consumeDeliveries(at, plainSource(), events);
    await consumeDeliveries(at, plainSource(), [queuedMessage(plainDelivery('e9', { event: 'call.dreamt' }))]);
    const told = at.logged.filter(line => line.includes('event.unknown')).map(line => JSON.parse(line) as object);
    expect(told).toMatchObject([
      { severity: 'ERROR', source: 'aircall', name: 'call.dreamt' },
      { severity: 'ERROR', source: 'aircall', name: 'call.sung' },
    ]);
    expect(at.fields('events/e9')).toMatchObject({ outcome: 'unsupported', reason: UNKNOWN_EVENT });
  });

  test('a name without end is kept as far as a name goes', async () => {
    const at = consumerInMemory();
    const message = queuedMessage(plainDelivery('e1', { event: 'long '.repeat(300_000) }));
    await consumeDeliveries(at, plainSource(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.fields('events/e1')?.['event']).toHaveLength(200);
  });

  test.each(['getAll', 'commit'] as const)(
    'while the store fails at %s, deliveries go back and nothing is lost',
    async operation => {
      let down = true;
      const at = consumerInMemory(point => (down && point.operation === operation ? DOWN : undefined));
      const first = queuedMessage(contactDelivery('e1', 1));
      await consumeDeliveries(at, plainSource(), [first]);
      expect(first.fate).toEqual({ delaySeconds: 2 });
      down = false;
      const second = queuedMessage(contactDelivery('e1', 1), 2);
      await consumeDeliveries(at, plainSource(), [second]);
      expect(second.fate).toBe('acknowledged');
      expect(at.fields('records/aircall:contact:1')).toBeDefined();
    },
  );

  test('a commit whose answer got lost is not done twice', async () => {
    let lose = true;
    const at = consumerInMemory(point =>
      lose && point.operation === 'commit' && point.phase === 'after' ? DOWN : undefined,
    );
    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1))]);
    lose = false;
    const before = new Map(at.store.documents);
    const again = queuedMessage(contactDelivery('e1', 1), 2);
    await consumeDeliveries(at, plainSource(), [again]);
    expect([again.fate, new Map(at.store.documents)]).toEqual(['acknowledged', before]);
  });

  test.each(['a\nb', 'a\u0000b', '..', '.', '__x__', 'a/b', '100%', 'ü'.repeat(200), '\u2028', '👋'])(
    'a thing whose id is %j has its record',
    async id => {
      const at = consumerInMemory();
      const message = queuedMessage(contactDelivery('e1', 1, 'Nora', id));
      await consumeDeliveries(at, plainSource(), [message]);
      expect(message.fate).toBe('acknowledged');
      expect(at.fields(`records/${recordKey('aircall', 'contact', id)}`)).toMatchObject({ sourceId: id });
    },
  );

  test('an id that is longer than any store’s is parked, not tried for ever', async () => {
    const at = consumerInMemory();
    const message = queuedMessage(contactDelivery('e1', 1, 'Nora', 'x'.repeat(1_500)));
    await consumeDeliveries(at, plainSource(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.fields('parked/aircall-e1')).toMatchObject({ reason: 'store_refused' });
  });

  test('a record that somebody else just changed is read again and merged', async () => {
    let interfere = true;
    const at = consumerInMemory(async point => {
      if (!interfere || point.operation !== 'commit' || point.phase !== 'before') return undefined;
      interfere = false;
      await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e9', 9, 'newest'))]);
      return undefined;
    });
    const message = queuedMessage(contactDelivery('e1', 1, 'late'));
    await consumeDeliveries(at, plainSource(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'newest' } });
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'older' });
  });

  test('after five tries against other writers the queue gets it back', async () => {
    const at = consumerInMemory(point =>
      point.operation === 'commit' ? { kind: 'contention', detail: 'busy' } : undefined,
    );
    const message = queuedMessage(contactDelivery('e1', 1));
    await consumeDeliveries(at, plainSource(), [message]);
    expect(message.fate).toEqual({ delaySeconds: 2 });
  });

  test('a replay by a newer mapping takes effect, by the same one it does nothing', async () => {
    const at = consumerInMemory();
    await consumeDeliveries(at, plainSource(), [
      queuedMessage(plainDelivery('e1', { event: 'contact.updated', id: '1', version: 1, name: 'NORA' })),
    ]);
    const fixed = plainDelivery('e1', { event: 'contact.updated', id: '1', version: 1, name: 'Nora' });
    await consumeDeliveries(at, plainSource(), [queuedMessage(fixed)]);
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'NORA' } });
    await consumeDeliveries(at, plainSource({ pipelineRevision: 2 }), [queuedMessage(fixed)]);
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'Nora' } });
    expect(at.fields('events/e1')).toMatchObject({ pipelineRevision: 2 });
  });

  test('what is known so far is written though the delivery is not finished', async () => {
    const at = consumerInMemory();
    const understood = plainSource();
    const half = plainSource({
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
    const message = queuedMessage(contactDelivery('e1', 1));
    await consumeDeliveries(at, half, [message]);
    expect(message.fate).toEqual({ delaySeconds: 60 });
    expect(at.fields('records/aircall:contact:1')).toBeDefined();
    expect(at.fields('events/e1')).toBeUndefined();
  });

  test('a body in the overflow store is read from there, and gone once it is settled', async () => {
    const at = consumerInMemory();
    await at.overflow.put(
      'deliveries/aircall/e1.json',
      JSON.stringify({ event: 'contact.updated', id: '1', version: 1, name: 'N' }),
    );
    const large = { ...contactDelivery('e1', 1), body: { r2Key: 'deliveries/aircall/e1.json' } };
    at.overflow.down = true;
    const early = queuedMessage(large);
    await consumeDeliveries(at, plainSource(), [early]);
    expect(early.fate).toEqual({ delaySeconds: 2 });
    at.overflow.down = false;
    const [first, repeat] = [queuedMessage(large, 2), queuedMessage(large, 1)];
    await consumeDeliveries(at, plainSource(), [first]);
    await consumeDeliveries(at, plainSource(), [repeat]);
    expect([first.fate, repeat.fate, at.overflow.objects.size]).toEqual(['acknowledged', 'acknowledged', 0]);
    expect(at.fields('records/aircall:contact:1')).toBeDefined();
    expect(at.fields('parked/aircall-e1')).toBeUndefined();
  });

  test('a body that is nowhere is parked, not retried for ever', async () => {
    const at = consumerInMemory();
    const message = queuedMessage({ ...contactDelivery('e1', 1), body: { r2Key: 'deliveries/aircall/e1.json' } });
    await consumeDeliveries(at, plainSource(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.fields('parked/aircall-e1')).toMatchObject({ reason: 'body_missing' });
  });

  test('a payload too large for a document is kept beside it', async () => {
    const at = consumerInMemory();
    const text = 'word '.repeat(200_000);
    await consumeDeliveries(at, plainSource(), [queuedMessage(plainDelivery('e1', { event: 'big', text }))]);
    expect(at.fields('events/e1')).toMatchObject({ payload: { r2Key: 'events/aircall/e1.json' } });
    expect(JSON.parse(at.overflow.objects.get('events/aircall/e1.json') ?? '')).toEqual({ event: 'big', text });
  });

  test('a message that is no delivery is kept whole where a person finds it', async () => {
    const at = consumerInMemory();
    const message = queuedMessage({ v: 99, strange: true });
    await consumeDeliveries(at, plainSource(), [message]);
    expect(message.fate).toBe('acknowledged');
    const [parked] = [...at.store.documents.values()].map(document => document.fields);
    expect(parked).toMatchObject({ reason: 'delivery_unreadable' });
    const key = Parked.parse(parked).subject.replace('r2:', '');
    expect(JSON.parse(at.overflow.objects.get(key) ?? '')).toEqual({ v: 99, strange: true });
  });

  test('a document that is no record is never overwritten', async () => {
    const at = consumerInMemory();
    await at.store.commit([{ op: 'set', path: 'records/aircall:contact:1', fields: { written: 'by hand' } }]);
    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1))]);
    expect(at.fields('records/aircall:contact:1')).toEqual({ written: 'by hand' });
    expect(at.fields('parked/aircall-e1')).toMatchObject({ reason: 'record_unreadable' });
  });

  test('nothing a person wrote reaches the log', async () => {
    const at = consumerInMemory();
    const texts = ['contact.updated', 'poison', 'crash', 'other'].map((event, index) =>
      queuedMessage(
        plainDelivery(`e${index}`, { event, id: '1', version: 1, name: 'Grace Guest', body: 'private words' }),
      ),
    );
    await consumeDeliveries(at, plainSource(), texts);
    expect(at.logged.length).toBeGreaterThan(0);
    expect(at.logged.join()).not.toMatch(/Grace|private/u);
  });
});
