import { describe, expect, test } from 'vitest';
import type { StoreError } from '../ports/document-store.ts';
import { consumerInMemory, contactDelivery, plainDelivery, plainMark, plainSource } from '../testing/plain-source.ts';
import { queuedMessage } from '../testing/queued-message.ts';
import { consumeDeliveries } from './consume-deliveries.ts';

const DOWN: StoreError = { kind: 'unavailable', detail: 'down' };

describe('what must be read from the vendor', () => {
  const seen = (eventId: string) => plainDelivery(eventId, { event: 'contact.seen' });

  test('is marked before the delivery is forgotten', async () => {
    const at = consumerInMemory();
    const message = queuedMessage(seen('e1'));
    await consumeDeliveries(at, plainSource(), [message]);
    expect(message.fate).toBe('acknowledged');
    expect(at.gate.marks).toMatchObject([{ subject: 'contact', id: '1', cause: { eventId: 'e1' } }]);
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'marked', records: ['aircall:contact:1'] });
  });

  test.each([
    ['news', 2, 'written'],
    ['old', 0, 'marked'],
  ])('what the event itself says is written besides: %s', async (_what, version, outcome) => {
    const at = consumerInMemory();
    const hint = { event: 'contact.hinted', id: '1', version, name: 'Hint' };
    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1))]);
    await consumeDeliveries(at, plainSource(), [queuedMessage(plainDelivery('e2', hint))]);
    expect([at.fields('events/e2')?.['outcome'], at.gate.marks.length]).toEqual([outcome, 1]);
  });

  test('while the gate takes no word, the event’s own facts are written, and the delivery comes back', async () => {
    const at = consumerInMemory();
    at.gate.down = true;
    const hint = plainDelivery('e1', { event: 'contact.hinted', id: '1', version: 1, name: 'Hint' });
    const first = queuedMessage(hint);
    await consumeDeliveries(at, plainSource(), [first]);
    expect(first.fate).toEqual({ delaySeconds: 2 });
    expect(at.fields('records/aircall:contact:1')).toMatchObject({ facts: { firstName: 'Hint' } });
    expect(at.fields('events/e1')).toBeUndefined();
    at.gate.down = false;
    const second = queuedMessage(hint, 2);
    await consumeDeliveries(at, plainSource(), [second]);
    expect([second.fate, at.gate.marks.length]).toEqual(['acknowledged', 1]);
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'marked' });
  });

  test.each(['', 'x'.repeat(257)])(
    'an id that nothing can have (%#) is parked with its delivery, not asked for',
    async id => {
      const at = consumerInMemory();
      const hint = plainSource({
        interpret: ({ delivery }) =>
          Promise.resolve({ kind: 'understood', changes: [], marks: [{ ...plainMark(delivery), id }] }),
      });
      await consumeDeliveries(at, hint, [queuedMessage(seen('e1'))]);
      expect(at.gate.marks).toEqual([]);
      expect(at.fields('parked/aircall-e1')).toMatchObject({
        reason: 'payload_unexpected',
        detail: 'unexpected: id of the contact to be read',
      });
    },
  );

  test('a crash between the mark and the note marks again, and forgets nothing', async () => {
    let down = true;
    const at = consumerInMemory(point => (down && point.operation === 'commit' ? DOWN : undefined));
    await consumeDeliveries(at, plainSource(), [queuedMessage(seen('e1'))]);
    down = false;
    await consumeDeliveries(at, plainSource(), [queuedMessage(seen('e1'), 2)]);
    expect(at.gate.marks).toHaveLength(2);
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'marked' });
  });
});
