import fc from 'fast-check';
import { expect, it } from 'vitest';
import { requestRate } from './request-rate.ts';

const windows = [
  { name: 'short', limit: 3, windowMs: 10 },
  { name: 'long', limit: 8, windowMs: 100 },
];

it('never lets more through than each window allows, and never refuses below all limits', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 20 }), { maxLength: 60 }), pauses => {
      let now = 0;
      const rate = requestRate(windows, () => now);
      const allowed: number[] = [];
      for (const pause of pauses) {
        now += pause;
        const within = (windowMs: number) => allowed.filter(time => time > now - windowMs).length;
        const isFull = windows.some(({ limit, windowMs }) => within(windowMs) >= limit);
        const { exceeded, states } = rate.take();
        expect(exceeded !== undefined).toBe(isFull);
        if (exceeded === undefined) allowed.push(now);
        for (const { window, remaining } of states) expect(remaining).toBe(window.limit - within(window.windowMs));
      }
    }),
  );
});

it('says when the window that refuses opens again', () => {
  let now = 1000;
  const rate = requestRate(windows, () => now);
  for (let count = 0; count < 3; count++) rate.take();
  now += 4;
  expect(rate.take().exceeded).toMatchObject({ window: { name: 'short' }, resetMs: 6 });
  now += 6;
  expect(rate.take().exceeded).toBeUndefined();
});
