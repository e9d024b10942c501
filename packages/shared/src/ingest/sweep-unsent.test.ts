import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { Parked } from '../contracts/parked.ts';
import { createLog } from '../log/log.ts';
import type { OverflowStore } from '../ports/delivery-queue.ts';
import { err } from '../result/result.ts';
import { inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import { inMemoryOverflow } from '../testing/in-memory-overflow.ts';
import { inMemoryQueue } from '../testing/in-memory-queue.ts';
import { acceptDelivery } from './accept-delivery.ts';
import { countUnsent, SWEEP_OBJECTS_MAX, sweepUnsent } from './sweep-unsent.ts';

const now = () => Date.parse('2026-11-21T09:00:00.000Z');
const guesty = { source: 'guesty', deployable: 'guesty-webhook' } as const;

function ports() {
  const log = createLog('test', () => undefined);
  return { queue: inMemoryQueue(), overflow: inMemoryOverflow(), store: inMemoryDocumentStore(), now, log };
}
type Ports = ReturnType<typeof ports>;

async function leaveUnsent(at: Ports, eventIds: readonly string[], body = '{}'): Promise<void> {
  at.queue.state = 'refuses';
  for (const eventId of eventIds) await acceptDelivery(at, { source: 'guesty', eventId, body });
  at.queue.state = 'takes';
}

const idsOn = (at: Ports): string[] => at.queue.sent.map(delivery => delivery.eventId);

afterEach(() => {
  vi.useRealTimers();
});

describe('sweeping what the queue did not take', () => {
  test('puts every delivery on the queue as it was received, and leaves nothing behind', async () => {
    const at = ports();
    await leaveUnsent(at, ['a', 'b'], '{"event":"e"}');
    expect(await countUnsent(at.overflow, 'guesty')).toEqual({ ok: true, value: 2 });
    expect(await sweepUnsent(at, guesty)).toEqual({ ok: true, value: { sent: 2, parked: 0, isUnfinished: false } });
    expect(at.queue.sent).toMatchObject([
      { eventId: 'a', receivedAt: '2026-11-21T09:00:00.000Z', body: { inline: '{"event":"e"}' } },
      { eventId: 'b' },
    ]);
    expect(at.overflow.objects.size).toBe(0);
    expect(await sweepUnsent(at, guesty)).toEqual({ ok: true, value: { sent: 0, parked: 0, isUnfinished: false } });
  });

  test('a large body stays where its delivery says it is', async () => {
    const at = ports();
    await leaveUnsent(at, ['large'], 'a'.repeat(200_000));
    await sweepUnsent(at, guesty);
    expect(at.queue.sent).toMatchObject([{ body: { r2Key: 'deliveries/guesty/large.json' } }]);
    expect([...at.overflow.objects.keys()]).toEqual(['deliveries/guesty/large.json']);
  });

  test.each(['refuses', 'hangs'] as const)('while the queue %s, everything stays for the next run', async state => {
    vi.useFakeTimers();
    const at = ports();
    await leaveUnsent(at, ['a', 'b']);
    at.queue.state = state;
    const swept = sweepUnsent(at, guesty);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(await swept).toEqual({ ok: true, value: { sent: 0, parked: 0, isUnfinished: true } });
    expect(await countUnsent(at.overflow, 'guesty')).toEqual({ ok: true, value: 2 });
  });

  test('a bucket that cannot be listed is said to be', async () => {
    const at = ports();
    at.overflow.down = true;
    expect(await sweepUnsent(at, guesty)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
    expect(await countUnsent(at.overflow, 'guesty')).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  });

  test('one run takes a bounded number, and the runs after it the rest', async () => {
    const at = ports();
    const ids = Array.from({ length: SWEEP_OBJECTS_MAX + 1 }, (_none, index) => `e${index}`);
    await leaveUnsent(at, ids);
    expect(await sweepUnsent(at, guesty)).toMatchObject({ value: { sent: SWEEP_OBJECTS_MAX, isUnfinished: true } });
    expect(await sweepUnsent(at, guesty)).toMatchObject({ value: { sent: 1, isUnfinished: false } });
    expect(new Set(idsOn(at))).toEqual(new Set(ids));
  });

  test('the other vendor’s deliveries are left to its own Worker', async () => {
    const at = ports();
    await leaveUnsent(at, ['a']);
    await sweepUnsent(at, { source: 'aircall', deployable: 'aircall-webhook' });
    expect([at.queue.sent, at.overflow.objects.size]).toEqual([[], 1]);
  });

  test.each([
    ['cut short', '{"v":1,"source":"gue'],
    ['another version’s', '{"v":99}'],
    ['the other vendor’s', JSON.stringify({ ...delivery('x'), source: 'aircall' })],
    ['one whose id is no document id', JSON.stringify(delivery('a/b'))],
  ])('an object that is %s is kept where a person finds it, and holds nobody up', async (_what, text) => {
    const at = ports();
    await leaveUnsent(at, ['z']);
    await at.overflow.put('unsent/guesty/odd.json', text);
    expect(await sweepUnsent(at, guesty)).toMatchObject({ value: { sent: 1, parked: 1 } });
    const [parked] = [...at.store.documents.values()].map(document => Parked.parse(document.fields));
    expect(parked).toMatchObject({ by: 'guesty-webhook', reason: 'delivery_unreadable' });
    expect(at.overflow.objects.get(parked?.subject.replace('r2:', '') ?? '')).toBe(text);
    expect(await countUnsent(at.overflow, 'guesty')).toEqual({ ok: true, value: 0 });
  });

  test('whatever fails and however often, each delivery reaches the queue and none is forgotten', async () => {
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(fc.integer({ min: 0, max: 3 })), async chances => {
        const at = ports();
        const ids = Array.from({ length: 20 }, (_none, index) => `e${index}`);
        await leaveUnsent(at, ids);
        const fails = (): boolean => chances.next().value === 0;
        const flaky = { ...at, overflow: failing(at.overflow, fails), queue: { send: sendOr(at, fails) } };
        for (let run = 0; run < 10; run += 1) {
          await sweepUnsent(flaky, guesty);
          const resting = [...at.overflow.objects.keys()].map(key => key.replace(/^.*\/|\.json$/gu, ''));
          expect(new Set([...idsOn(at), ...resting])).toEqual(new Set(ids));
        }
        await sweepUnsent(at, guesty);
        expect([new Set(idsOn(at)), at.overflow.objects.size]).toEqual([new Set(ids), 0]);
      }),
      { numRuns: 50 },
    );
  });
});

function delivery(eventId: string) {
  return { v: 1, source: 'guesty', eventId, receivedAt: '2026-11-21T09:00:00.000Z', body: { inline: '{}' } };
}

const down = err({ kind: 'unavailable' as const, detail: 'down' });

function failing(overflow: OverflowStore, fails: () => boolean): OverflowStore {
  return {
    put: (key, text) => (fails() ? Promise.resolve(down) : overflow.put(key, text)),
    get: key => (fails() ? Promise.resolve(down) : overflow.get(key)),
    delete: key => (fails() ? Promise.resolve(down) : overflow.delete(key)),
    list: (prefix, page) => (fails() ? Promise.resolve(down) : overflow.list(prefix, page)),
  };
}

const sendOr =
  (at: Ports, fails: () => boolean): Ports['queue']['send'] =>
  sent =>
    fails() ? Promise.resolve(down) : at.queue.send(sent);
