import { describe, expect, test } from 'vitest';
import type { InboundDelivery } from '../contracts/inbound-delivery.ts';
import { err, ok } from '../result/result.ts';
import { inMemoryOverflow } from '../testing/in-memory-overflow.ts';
import { acceptDelivery, QUEUE_MESSAGE_BYTES_MAX } from './accept-delivery.ts';

const now = () => Date.parse('2026-11-21T09:00:00.000Z');

function ports() {
  const sent: InboundDelivery[] = [];
  const overflow = inMemoryOverflow();
  const queue = {
    send: (delivery: InboundDelivery) => {
      sent.push(delivery);
      return Promise.resolve(ok(undefined));
    },
  };
  return { sent, overflow, queue, now };
}

const delivery = (body: string) => ({ source: 'guesty' as const, eventId: 'msg_1', body });

describe('accepting a delivery', () => {
  test('a small one goes onto the queue whole', async () => {
    const at = ports();
    expect(await acceptDelivery(at, delivery('{"event":"e"}'))).toEqual({ ok: true, value: undefined });
    expect(at.sent).toEqual([
      {
        v: 1,
        source: 'guesty',
        eventId: 'msg_1',
        receivedAt: '2026-11-21T09:00:00.000Z',
        body: { inline: '{"event":"e"}' },
      },
    ]);
    expect(at.overflow.objects.size).toBe(0);
  });

  test('what counts is the message on the wire, where quotes and umlauts take more room than letters', async () => {
    const letters = ports();
    await acceptDelivery(letters, delivery('a'.repeat(125_000)));
    expect(letters.sent[0]?.body).toHaveProperty('inline');
    for (const wide of ['"'.repeat(63_000), 'ü'.repeat(63_000)]) {
      const at = ports();
      await acceptDelivery(at, delivery(wide));
      expect(at.sent[0]?.body).toEqual({ r2Key: 'deliveries/guesty/msg_1.json' });
      expect(at.overflow.objects.get('deliveries/guesty/msg_1.json')).toBe(wide);
    }
  });

  test('no message is ever over the limit', async () => {
    for (const length of [125_800, 125_900, 126_000, 500_000]) {
      const at = ports();
      await acceptDelivery(at, delivery('a'.repeat(length)));
      const bytes = new TextEncoder().encode(JSON.stringify(at.sent[0])).length;
      expect(bytes).toBeLessThanOrEqual(QUEUE_MESSAGE_BYTES_MAX);
    }
  });

  test('a large one is refused, and not announced, when the overflow store does not take it', async () => {
    const at = ports();
    at.overflow.down = true;
    expect((await acceptDelivery(at, delivery('a'.repeat(200_000)))).ok).toBe(false);
    expect(at.sent).toEqual([]);
  });

  test('a queue that refuses is the sender’s to know', async () => {
    const refusal = err({ kind: 'unavailable' as const, detail: 'no' });
    const at = { ...ports(), queue: { send: () => Promise.resolve(refusal) } };
    expect(await acceptDelivery(at, delivery('{}'))).toEqual(refusal);
  });
});
