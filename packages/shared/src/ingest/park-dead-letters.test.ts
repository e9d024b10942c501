import { describe, expect, test } from 'vitest';
import type { StoreError } from '../ports/document-store.ts';
import { consumerInMemory, contactDelivery, plainDelivery, plainSource } from '../testing/plain-source.ts';
import { queuedMessage } from '../testing/queued-message.ts';
import { consumeDeliveries } from './consume-deliveries.ts';
import { parkDeadLetters } from './park-dead-letters.ts';

const DOWN: StoreError = { kind: 'unavailable', detail: 'down' };

describe('dead letters', () => {
  test('are parked with their payload, and come back to life when delivered again', async () => {
    const at = consumerInMemory();
    const dead = queuedMessage(contactDelivery('e1', 1), 1);
    await parkDeadLetters(at, plainSource(), [dead]);
    expect(dead.fate).toBe('acknowledged');
    expect(at.fields('parked/aircall-e1')).toMatchObject({ reason: 'attempts_exhausted', subject: 'events/e1' });
    expect(at.fields('events/e1')).toHaveProperty('payload.inline', expect.stringContaining('Nora'));

    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1))]);
    expect(at.fields('parked/aircall-e1')).toBeUndefined();
    expect(at.fields('events/e1')).toMatchObject({ outcome: 'written' });
  });

  test('keep their payload when a copy comes whose body is gone', async () => {
    const at = consumerInMemory();
    const r2Key = 'deliveries/aircall/e1.json';
    await at.overflow.put(r2Key, JSON.stringify({ event: 'contact.updated', name: 'Nora' }));
    const large = { ...contactDelivery('e1', 1), body: { r2Key } };
    await parkDeadLetters(at, plainSource(), [queuedMessage(large)]);
    expect(at.overflow.objects.size).toBe(0);
    await consumeDeliveries(at, plainSource(), [queuedMessage(large)]);
    expect(at.fields('events/e1')).toHaveProperty('payload.inline', expect.stringContaining('Nora'));
    expect(at.fields('parked/aircall-e1')).toMatchObject({ subject: 'events/e1' });
  });

  test('stay on their queue while nothing durable takes them', async () => {
    const at = consumerInMemory(() => DOWN);
    const dead = queuedMessage(contactDelivery('e1', 1));
    await parkDeadLetters(at, plainSource(), [dead]);
    expect(dead.fate).toEqual({ delaySeconds: 2 });
    const unreadable = queuedMessage('not a delivery');
    await parkDeadLetters(at, plainSource(), [unreadable]);
    expect(unreadable.fate).toEqual({ delaySeconds: 2 });
  });

  test('outlast an outage of a week, and the queue keeps them to the last attempt', async () => {
    const at = consumerInMemory(() => DOWN);
    const waited = async (attempts: number): Promise<number> => {
      const dead = queuedMessage(contactDelivery('e1', 1), attempts);
      await parkDeadLetters(at, plainSource(), [dead]);
      return typeof dead.fate === 'object' ? dead.fate.delaySeconds : 0;
    };
    const waits = await Promise.all(Array.from({ length: 100 }, (_none, index) => waited(index + 1)));
    const days = waits.reduce((sum, seconds) => sum + seconds) / 86_400;
    expect(days).toBeGreaterThan(7);
    expect(days / 0.75).toBeLessThan(14); // the longest waits there are: here each is three quarters of that
  });

  test('that break the code wait longer each time, and keep no other from being parked', async () => {
    const at = consumerInMemory();
    const breaks = () => {
      throw new Error('a bug');
    };
    const bug = plainSource({ eventName: payload => (payload['event'] === 'crash' ? breaks() : 'contact.updated') });
    const broken = queuedMessage(plainDelivery('e1', { event: 'crash' }), 3);
    const whole = queuedMessage(contactDelivery('e2', 1));
    await parkDeadLetters(at, bug, [broken, whole]);
    expect([broken.fate, whole.fate]).toEqual([{ delaySeconds: 6 }, 'acknowledged']);
    expect(at.fields('parked/aircall-e2')).toMatchObject({ reason: 'attempts_exhausted' });
    expect(at.logged.join()).toContain('delivery.crashed');
  });

  test('are dropped where another copy was settled meanwhile', async () => {
    const at = consumerInMemory();
    await consumeDeliveries(at, plainSource(), [queuedMessage(contactDelivery('e1', 1))]);
    const dead = queuedMessage(contactDelivery('e1', 1), 9);
    await parkDeadLetters(at, plainSource(), [dead]);
    expect([dead.fate, at.fields('parked/aircall-e1')]).toEqual(['acknowledged', undefined]);
  });
});
