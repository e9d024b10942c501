import { describe, expect, test } from 'vitest';
import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { consumerInMemory, contactDelivery, plainDelivery, plainSource, UNEXPECTED } from '../testing/plain-source.ts';
import { queuedMessage } from '../testing/queued-message.ts';
import { consumeDeliveries } from './consume-deliveries.ts';

describe('a replay', () => {
  const replayed = (inbound: InboundDelivery): InboundDelivery => ({ ...inbound, replay: 'replay-1' });

  test('is read again though its event was settled, and changes nothing where nothing is new', async () => {
    const at = consumerInMemory();
    const hint = plainDelivery('e1', { event: 'contact.hinted', id: '1', version: 1, name: 'Nora' });
    await consumeDeliveries(at, plainSource(), [queuedMessage(hint)]);
    const before = at.fields('records/aircall:contact:1');
    await consumeDeliveries(at, plainSource(), [queuedMessage(replayed(hint)), queuedMessage(replayed(hint))]);
    expect(at.gate.marks).toHaveLength(3);
    expect(at.fields('records/aircall:contact:1')).toEqual(before);
  });

  test('brings back a record that was lost', async () => {
    const at = consumerInMemory();
    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1))]);
    await at.store.commit([{ op: 'delete', path: 'records/aircall:contact:1' }]);
    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1))]);
    expect(at.fields('records/aircall:contact:1')).toBeUndefined();
    await consumeDeliveries(at, plainSource(), [queuedMessage(replayed(contactDelivery('e1', 1)))]);
    expect(at.fields('records/aircall:contact:1')).toBeDefined();
  });

  test('takes what was parked and can be understood now off the parked list', async () => {
    const at = consumerInMemory();
    const poison = plainDelivery('e1', { event: 'poison' });
    await consumeDeliveries(at, plainSource(), [queuedMessage(poison)]);
    expect(at.fields('parked/aircall-e1')).toBeDefined();
    const mended = plainSource({ interpret: () => Promise.resolve({ kind: 'unsupported', reason: 'not_kept' }) });
    await consumeDeliveries(at, mended, [queuedMessage(replayed(poison))]);
    expect(at.fields('parked/aircall-e1')).toBeUndefined();
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'unsupported' });
  });

  test('that cannot be understood any more says so on its event, which keeps its payload', async () => {
    const at = consumerInMemory();
    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1))]);
    const broke = plainSource({ interpret: () => Promise.resolve(UNEXPECTED) });
    await consumeDeliveries(at, broke, [queuedMessage(replayed(contactDelivery('e1', 1)))]);
    expect(at.fields('events/e1')).toMatchObject({
      outcome: 'parked',
      reason: 'payload_unexpected',
      replay: 'replay-1',
      payload: { inline: expect.stringContaining('Nora') as string },
    });
    expect(at.fields('parked/aircall-e1')).toBeDefined();
  });

  test('leaves the payload that its event keeps beside it, from which it was read', async () => {
    const at = consumerInMemory();
    const text = 'word '.repeat(200_000);
    await consumeDeliveries(at, plainSource(), [queuedMessage(plainDelivery('e1', { event: 'number.closed', text }))]);
    const body = { r2Key: 'events/aircall/e1.json' };
    await consumeDeliveries(at, plainSource(), [queuedMessage(replayed({ ...plainDelivery('e1', {}), body }))]);
    expect(JSON.parse(at.overflow.objects.get(body.r2Key) ?? '')).toEqual({ event: 'number.closed', text });
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'unsupported', payload: body });
  });
});
