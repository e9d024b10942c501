import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { coalesceReads } from './coalesce-reads.ts';

/** Reads that finish when the test says so, answering with the number of the read. */
function controlled(batchMax: number, inFlightMax: number) {
  const begun: { ids: readonly string[]; finish: () => void; fail: () => void }[] = [];
  const reads = coalesceReads<number>({
    batchMax,
    inFlightMax,
    readBatch: ids =>
      new Promise((resolve, reject) => {
        const number = begun.length;
        begun.push({
          ids,
          finish: () => resolve(new Map(ids.map(id => [id, number]))),
          fail: () => reject(new Error('a bug')),
        });
      }),
  });
  const settle = () => new Promise(resolve => setImmediate(resolve));
  return { begun, reads, settle };
}

describe('coalescing reads', () => {
  test('the first asker is served at once, later ones share the next read', async () => {
    const { begun, reads, settle } = controlled(10, 1);
    const first = reads.read('a');
    const rest = [reads.read('b'), reads.read('c'), reads.read('b')];
    expect(begun.map(batch => batch.ids)).toEqual([['a']]);
    begun[0]?.finish();
    await settle();
    expect(begun.map(batch => batch.ids)).toEqual([['a'], ['b', 'c']]);
    begun[1]?.finish();
    expect(await Promise.all([first, ...rest])).toEqual([0, 1, 1, 1]);
  });

  test('a read under way is not good enough for who asks during it', async () => {
    const { begun, reads, settle } = controlled(10, 2);
    const before = reads.read('a');
    const during = reads.read('a');
    expect(begun).toHaveLength(2);
    begun[0]?.finish();
    begun[1]?.finish();
    await settle();
    expect([await before, await during]).toEqual([0, 1]);
  });

  test('batches have a limit and so has what is under way', () => {
    const { begun, reads } = controlled(2, 1);
    for (const id of ['a', 'b', 'c', 'd', 'e']) void reads.read(id);
    expect(begun).toHaveLength(1);
  });

  test('a read that crashes fails its own askers and stops nobody else', async () => {
    const { begun, reads, settle } = controlled(10, 1);
    const failing = reads.read('a');
    const next = reads.read('b');
    begun[0]?.fail();
    await expect(failing).rejects.toThrow('a bug');
    await settle();
    begun[1]?.finish();
    expect(await next).toBe(1);
  });

  test('everybody is answered by a read that began after asking', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom('a', 'b', 'c', 'd'), fc.constant(null)), { maxLength: 40 }),
        async steps => {
          const { begun, reads, settle } = controlled(2, 2);
          const asked: { after: number; answer: Promise<number> }[] = [];
          let finished = 0;
          for (const id of steps) {
            if (id !== null) asked.push({ after: begun.length, answer: reads.read(id) });
            else if (finished < begun.length) begun[finished++]?.finish();
            await settle();
          }
          while (finished < begun.length) {
            begun[finished++]?.finish();
            await settle();
          }
          for (const { after, answer } of asked) expect(await answer).toBeGreaterThanOrEqual(after);
        },
      ),
      { numRuns: 60 },
    );
  });
});
