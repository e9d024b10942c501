import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { QueueFullError, textBatches } from './text-batches.ts';

const lengthOf = (text: string): number[] => [text.length];

/** A model whose batches are computed when the test says so. */
function steppedModel(limits: { batchTextsMax: number; waitingTextsMax: number }) {
  const batches: string[][] = [];
  const steps: ((fate: Error | undefined) => void)[] = [];
  const model = textBatches({
    ...limits,
    compute: texts =>
      new Promise((settle, fail) => {
        batches.push([...texts]);
        steps.push(error => (error === undefined ? settle(texts.map(lengthOf)) : fail(error)));
      }),
  });
  return { model, batches, step: (error?: Error) => steps.shift()?.(error) };
}

describe('textBatches', () => {
  it('takes what came during a batch into the next one, in order of arrival', async () => {
    const { model, batches, step } = steppedModel({ batchTextsMax: 3, waitingTextsMax: 100 });
    const first = model.embed(['a']);
    const second = model.embed(['bb', 'ccc']);
    const third = model.embed(['dddd', 'eeeee']);
    step();
    expect(await first).toEqual([[1]]);
    step();
    expect(await second).toEqual([[2], [3]]);
    step();
    expect(await third).toEqual([[4], [5]]);
    expect(batches).toEqual([['a'], ['bb', 'ccc', 'dddd'], ['eeeee']]);
  });

  it('refuses a request while too many texts wait, and takes it once there is room', async () => {
    const { model, step } = steppedModel({ batchTextsMax: 2, waitingTextsMax: 2 });
    const computed = model.embed(['a', 'b']);
    const queued = model.embed(['c', 'd']);
    await expect(model.embed(['e'])).rejects.toBeInstanceOf(QueueFullError);
    step();
    await computed;
    step();
    await queued;
    const later = model.embed(['e']);
    step();
    expect(await later).toEqual([[1]]);
  });

  it('fails the requests of a failed batch only', async () => {
    const { model, step } = steppedModel({ batchTextsMax: 1, waitingTextsMax: 10 });
    const failing = model.embed(['a']);
    const fine = model.embed(['bb']);
    step(new Error('out of memory'));
    await expect(failing).rejects.toThrow('out of memory');
    step();
    expect(await fine).toEqual([[2]]);
  });

  it('answers every request with the vectors of its own texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.string(), { maxLength: 7 }), { maxLength: 9 }),
        fc.integer({ min: 1, max: 5 }),
        async (requests, batchTextsMax) => {
          const model = textBatches({
            batchTextsMax,
            waitingTextsMax: 100,
            compute: async texts => texts.map(lengthOf),
          });
          const replies = await Promise.all(requests.map(texts => model.embed(texts)));
          expect(replies).toEqual(requests.map(texts => texts.map(lengthOf)));
        },
      ),
    );
  });
});
