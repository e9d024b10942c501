import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLog } from '../log/log.ts';
import { inMemoryOverflow } from '../testing/in-memory-overflow.ts';
import { inMemoryQueue } from '../testing/in-memory-queue.ts';
import { acceptDelivery, QUEUE_MESSAGE_BYTES_MAX } from './accept-delivery.ts';

const now = () => Date.parse('2026-11-21T09:00:00.000Z');

function ports() {
  const lines: string[] = [];
  const log = createLog('test', line => lines.push(line));
  return { queue: inMemoryQueue(), overflow: inMemoryOverflow(), now, log, lines };
}

const delivery = (body: string) => ({ source: 'guesty' as const, eventId: 'msg_1', body });

afterEach(() => {
  vi.useRealTimers();
});

describe('accepting a delivery', () => {
  test('a small one goes onto the queue whole', async () => {
    const at = ports();
    expect(await acceptDelivery(at, delivery('{"event":"e"}'))).toEqual({ ok: true, value: undefined });
    expect(at.queue.sent).toEqual([
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
    expect(letters.queue.sent[0]?.body).toHaveProperty('inline');
    for (const wide of ['"'.repeat(63_000), 'ü'.repeat(63_000)]) {
      const at = ports();
      await acceptDelivery(at, delivery(wide));
      expect(at.queue.sent[0]?.body).toEqual({ r2Key: 'deliveries/guesty/msg_1.json' });
      expect(at.overflow.objects.get('deliveries/guesty/msg_1.json')).toBe(wide);
    }
  });

  test('no message is ever over the limit', async () => {
    for (const length of [125_800, 125_900, 126_000, 500_000]) {
      const at = ports();
      await acceptDelivery(at, delivery('a'.repeat(length)));
      const bytes = new TextEncoder().encode(JSON.stringify(at.queue.sent[0])).length;
      expect(bytes).toBeLessThanOrEqual(QUEUE_MESSAGE_BYTES_MAX);
    }
  });

  test('a large one is refused, and not announced, when the overflow store does not take it', async () => {
    const at = ports();
    at.overflow.down = true;
    expect((await acceptDelivery(at, delivery('a'.repeat(200_000)))).ok).toBe(false);
    expect(at.queue.sent).toEqual([]);
  });
});

describe('while the queue takes nothing', () => {
  test.each(['{"private":"words"}', 'a'.repeat(200_000)])('the bucket takes the delivery whole (%#)', async body => {
    const at = ports();
    await acceptDelivery(at, delivery(body));
    const usual = at.queue.sent[0];
    at.queue.state = 'refuses';
    expect(await acceptDelivery(at, delivery(body))).toEqual({ ok: true, value: undefined });
    expect(JSON.parse(at.overflow.objects.get('unsent/guesty/msg_1.json') ?? '')).toEqual(usual);
    expect(at.lines.join()).toContain('delivery.unsent');
    expect(at.lines.join()).not.toContain('private');
  });

  test('the same delivery twice is one object', async () => {
    const at = ports();
    at.queue.state = 'refuses';
    await acceptDelivery(at, delivery('{}'));
    await acceptDelivery(at, delivery('{}'));
    expect([...at.overflow.objects.keys()]).toEqual(['unsent/guesty/msg_1.json']);
  });

  test('only where the bucket refuses as well is it the sender’s to know', async () => {
    const at = ports();
    at.queue.state = 'refuses';
    at.overflow.down = true;
    expect(await acceptDelivery(at, delivery('{}'))).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });

  test('silence is a refusal, and the sender has its answer within the 4 s that Aircall’s patience leaves', async () => {
    vi.useFakeTimers();
    const hanging = () => new Promise<never>(() => undefined);
    for (const [put, isTaken] of [
      [undefined, true],
      [hanging, false],
    ] as const) {
      const at = ports();
      at.queue.state = 'hangs';
      const overflow = put === undefined ? at.overflow : { ...at.overflow, put };
      const accepted = acceptDelivery({ ...at, overflow }, delivery('a'.repeat(200_000)));
      const settled = vi.fn<(value: unknown) => void>();
      void accepted.then(settled);
      await vi.advanceTimersByTimeAsync(4_000);
      expect(settled).toHaveBeenCalledOnce();
      expect((await accepted).ok).toBe(isTaken);
      expect(vi.getTimerCount()).toBe(0);
    }
  });
});
