import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { siftEvents } from './sift-events.ts';

const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,6}\.[a-z]{1,6}$/u), { minLength: 2, maxLength: 40 });

describe('events that a vendor refuses together', () => {
  it('are told apart, and what was taken is never given up meanwhile', async () => {
    await fc.assert(
      fc.asyncProperty(names, fc.nat(), fc.infiniteStream(fc.nat(5)), async (all, cut, dice) => {
        const known = all.slice(0, cut % 3);
        const candidates = all.slice(known.length);
        const bad = new Set(candidates.filter(() => dice.next().value === 0));
        let holds = [...known];
        let questions = 0;
        const sifted = await siftEvents(known, candidates, async events => {
          questions += 1;
          for (const event of holds) expect(events).toContain(event);
          if (events.some(event => bad.has(event))) return 'refused';
          holds = [...events];
          return 'taken';
        });
        expect(questions).toBeLessThanOrEqual(80);
        expect(sifted.taken).toEqual(holds);
        fc.pre(!sifted.failed && sifted.taken.length > 0);
        expect(new Set(sifted.refused)).toEqual(bad);
        expect(new Set(sifted.taken)).toEqual(new Set(all.filter(event => !bad.has(event))));
      }),
    );
  });

  it('are given up soon where it is not about events', async () => {
    const all = Array.from({ length: 50 }, (_none, index) => `event.${index}`);
    let questions = 0;
    const sifted = await siftEvents([], all, async () => {
      questions += 1;
      return 'refused';
    });
    expect(sifted.taken).toEqual([]);
    expect(questions).toBeLessThan(15);
  });

  it('are left where they were when the vendor goes away', async () => {
    let questions = 0;
    const sifted = await siftEvents(['a.a'], ['b.b', 'c.c', 'd.d'], async () => {
      questions += 1;
      return questions === 1 ? 'taken' : 'failed';
    });
    expect(sifted).toEqual({ taken: ['a.a', 'b.b', 'c.c'], refused: [], failed: true });
  });
});
