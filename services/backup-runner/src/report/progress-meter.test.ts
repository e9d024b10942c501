import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measure, type ProgressMeter, progressBody, startMeter } from './progress-meter.ts';

const MB = 1_000_000;
const after = (...seen: [atMs: number, bytesDone: number, bytesTotal: number][]): ProgressMeter =>
  seen.reduce(
    (meter, [atMs, bytesDone, bytesTotal]) => measure(meter, { bytesDone, bytesTotal }, atMs),
    startMeter('dumping', 0),
  );

describe('progress', () => {
  it('is percent, rate and time left', () => {
    expect(progressBody(after([1_000, 10 * MB, 100 * MB], [2_000, 20 * MB, 100 * MB]))).toEqual({
      kind: 'progress',
      step: 'dumping',
      percent: 20,
      bytesDone: 20 * MB,
      bytesPerSecond: 10 * MB,
      secondsLeft: 8,
    });
  });

  it('has no percent and no end while nobody knows how much there is', () => {
    const body = progressBody(after([1_000, 10 * MB, 0]));
    expect(body).toMatchObject({ percent: 0, bytesDone: 10 * MB, bytesPerSecond: 10 * MB });
    expect(body).not.toHaveProperty('secondsLeft');
  });

  it('goes by the last half minute', () => {
    const slow: [number, number, number][] = Array.from({ length: 60 }, (_, second) => [
      (second + 1) * 1_000,
      second < 30 ? 0 : (second - 29) * MB,
      1_000 * MB,
    ]);
    expect(progressBody(after(...slow))).toMatchObject({ bytesPerSecond: MB, secondsLeft: 970 });
  });

  it('is not all before the step says so', () => {
    expect(progressBody(after([1_000, 100, 100])).percent).toBe(99);
  });

  it('never goes back, and fits its contract, whatever a step says', () => {
    const amount = fc.oneof(fc.double({ min: 0, max: 1e13, noNaN: true }), fc.nat());
    fc.assert(
      fc.property(fc.array(fc.record({ bytesDone: amount, bytesTotal: amount, passedMs: fc.nat(60_000) })), seen => {
        let meter = startMeter('restoring', 0);
        let atMs = 0;
        for (const { passedMs, ...progress } of seen) {
          atMs += passedMs;
          const before = progressBody(meter);
          meter = measure(meter, progress, atMs);
          const body = progressBody(meter);
          expect(body.percent).toBeGreaterThanOrEqual(before.percent);
          expect(body.bytesDone).toBeGreaterThanOrEqual(before.bytesDone);
          expect(body.percent).toBeLessThanOrEqual(99);
          expect(Number.isSafeInteger(body.bytesDone)).toBe(true);
          expect(Number.isFinite(body.bytesPerSecond)).toBe(true);
          expect(body.bytesPerSecond).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
