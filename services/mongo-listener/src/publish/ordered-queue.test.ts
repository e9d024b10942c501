import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Batch, orderedQueue } from './ordered-queue.ts';

const LIMITS = { batchEntries: 3, batchBytes: 100 };
const entry = (key: string, item: number, lane = 'live', bytes = 10) => ({ lane, key, bytes, item });
const itemsOf = (batch: Batch<string, number> | undefined) => batch?.entries.map(({ item }) => item);

describe('an ordered queue', () => {
  it('cuts batches by count, by bytes and where the lane changes', () => {
    const queue = orderedQueue<string, number>(LIMITS);
    for (let item = 1; item <= 4; item += 1) queue.push(entry(`k${item}`, item));
    queue.push(entry('k5', 5, 'live', 95));
    queue.push(entry('k6', 6, 'parked', 1));
    expect([queue.take(), queue.take(), queue.take(), queue.take(), queue.take()].map(itemsOf)).toEqual([
      [1, 2, 3],
      [4],
      [5],
      [6],
      undefined,
    ]);
  });

  it('lets an entry larger than a batch leave alone', () => {
    const queue = orderedQueue<string, number>(LIMITS);
    queue.push(entry('a', 1, 'live', 5_000));
    queue.push(entry('b', 2));
    expect(itemsOf(queue.take())).toEqual([1]);
  });

  it('keeps an entry back while one with its key is on its way, and lets others pass', () => {
    const queue = orderedQueue<string, number>(LIMITS);
    queue.push(entry('a', 1));
    const first = queue.take();
    queue.push(entry('a', 2));
    queue.push(entry('b', 3));
    expect(itemsOf(queue.take())).toEqual([3]);
    expect(queue.take()).toBeUndefined();
    queue.push(entry('a', 4));
    if (first !== undefined) queue.settle(first);
    expect(itemsOf(queue.take())).toEqual([2, 4]);
  });

  it('reaches a milestone only once everything before it is settled', () => {
    const queue = orderedQueue<string, number>({ ...LIMITS, batchEntries: 1 });
    const reached: string[] = [];
    queue.milestone(() => reached.push('empty'));
    queue.push(entry('a', 1));
    queue.push(entry('b', 2));
    queue.milestone(() => reached.push('two'));
    const [first, second] = [queue.take(), queue.take()];
    if (second !== undefined) queue.settle(second);
    expect(reached).toEqual(['empty']);
    if (first !== undefined) queue.settle(first);
    expect(reached).toEqual(['empty', 'two']);
    expect(queue).toMatchObject({ count: 0, bytes: 0 });
  });

  it('never has two of a key on their way, never reorders a key, and loses nothing, whatever comes', () => {
    const step = fc.oneof(
      fc.record({ push: fc.constantFrom('a', 'b', 'c', 'd'), lane: fc.constantFrom('live', 'parked') }),
      fc.record({ settle: fc.nat(4) }),
      fc.constant('take' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), steps => {
        const queue = orderedQueue<string, number>(LIMITS);
        const pushed: { key: string; item: number }[] = [];
        const left: { key: string; item: number }[] = [];
        const settled = new Set<number>();
        const tooEarly: number[] = [];
        const flying: Batch<string, number>[] = [];
        const take = (): boolean => {
          const batch = queue.take();
          if (batch === undefined) return false;
          expect(batch.entries.length).toBeLessThanOrEqual(LIMITS.batchEntries);
          const busy = new Set(flying.flatMap(other => other.entries.map(({ key }) => key)));
          for (const { key, item, lane } of batch.entries) {
            expect(lane).toBe(batch.lane);
            expect(busy.has(key)).toBe(false);
            left.push({ key, item });
          }
          flying.push(batch);
          return true;
        };
        const settle = (at: number): void => {
          const [batch] = flying.splice(at, 1);
          if (batch === undefined) return;
          for (const { item } of batch.entries) settled.add(item);
          queue.settle(batch);
        };
        for (const one of steps) {
          if (one === 'take') take();
          else if ('settle' in one) settle(one.settle);
          else {
            const item = pushed.length;
            // A thing is published or parked, not both: keys of lanes differ.
            const key = `${one.lane}:${one.push}`;
            pushed.push({ key, item });
            queue.push(entry(key, item, one.lane));
            queue.milestone(() => {
              if (!pushed.slice(0, item + 1).every(before => settled.has(before.item))) tooEarly.push(item);
            });
          }
        }
        while (take() || flying.length > 0) settle(0);
        const byKey = (all: typeof pushed) => Object.groupBy(all, ({ key }) => key);
        expect(byKey(left)).toEqual(byKey(pushed));
        expect(tooEarly).toEqual([]);
        expect(queue).toMatchObject({ count: 0, bytes: 0 });
      }),
    );
  });
});
