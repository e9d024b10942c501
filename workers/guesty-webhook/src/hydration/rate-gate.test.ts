import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateGate } from './rate-gate.ts';

/** Shortest time in which one call more than `callsMax` began. */
const narrowest = (begun: readonly number[], callsMax: number): number =>
  Math.min(...begun.slice(callsMax).map((at, index) => at - (begun[index] ?? at)));

describe('the rate gate', () => {
  test('no window of the vendor’s ever holds more calls than it may', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(700), { minLength: 1, maxLength: 400 }), gaps => {
        const gate = createRateGate();
        const begun: number[] = [];
        let now = 1_000_000;
        for (const gap of gaps) {
          now += gap;
          now += gate.delayMs(now);
          expect(gate.delayMs(now)).toBe(0);
          gate.began(now);
          begun.push(now);
        }
        expect(narrowest(begun, 15)).toBeGreaterThanOrEqual(1_000);
        expect(narrowest(begun, 120)).toBeGreaterThanOrEqual(60_000);
      }),
      { numRuns: 60 },
    );
  });

  test('a burst passes up to the limit, the next call waits for the second to end', () => {
    const gate = createRateGate();
    for (let call = 0; call < 15; call += 1) {
      expect(gate.delayMs(5_000)).toBe(0);
      gate.began(5_000);
    }
    expect(gate.delayMs(5_400)).toBe(600);
  });

  test('five thousand calls an hour are the end of it', () => {
    const gate = createRateGate();
    for (let call = 0; call < 5_000; call += 1) gate.began(call * 700);
    const now = 5_000 * 700;
    expect(gate.delayMs(now)).toBe(3_600_000 - now);
  });

  test('the vendor’s word counts: when it asks to wait, and when it says nothing is left', () => {
    const asked = createRateGate();
    asked.observed({ retryAfterMs: 30_000 }, 1_000);
    expect(asked.delayMs(11_000)).toBe(20_000);
    const empty = createRateGate();
    empty.observed({ second: 0, minute: 40, hour: 900 }, 1_000);
    expect(empty.delayMs(1_000)).toBe(1_000);
    empty.observed({ second: 3, minute: 0 }, 1_000);
    expect(empty.delayMs(1_000)).toBe(10_000);
  });
});
