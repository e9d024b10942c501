import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inMemoryRateJournal } from '../testing/in-memory-rate-journal.ts';
import { type CallLane, createRateGate, type RateGate, type RateJournal, type RateWindow } from './rate-gate.ts';

const GUESTY: readonly RateWindow[] = [
  { name: 'second', lengthMs: 1_000, callsMax: 15 },
  { name: 'minute', lengthMs: 60_000, callsMax: 120 },
  { name: 'hour', lengthMs: 3_600_000, callsMax: 5_000 },
];
const AIRCALL: readonly RateWindow[] = [{ name: 'minute', lengthMs: 60_000, callsMax: 120 }];

const gateAt = (nowMs: number, windows = GUESTY, journal: RateJournal = inMemoryRateJournal()): RateGate =>
  createRateGate({ windows, journal, nowMs });

/** Most calls that began within any window of that length. */
function fullest(begun: readonly number[], lengthMs: number): number {
  let first = 0;
  let most = 0;
  for (const [index, at] of begun.entries()) {
    while ((begun[first] ?? at) <= at - lengthMs) first += 1;
    most = Math.max(most, index - first + 1);
  }
  return most;
}

const waitTurn = (gate: RateGate, nowMs: number, lane: CallLane): number => {
  const at = nowMs + gate.delayMs(nowMs, lane);
  expect(gate.delayMs(at, lane)).toBe(0);
  gate.began(at);
  return at;
};

describe('the rate gate', () => {
  const lane = fc.constantFrom<CallLane>('gap-check', 'live', 'backfill');
  const calls = fc.array(fc.tuple(fc.nat(700), lane), { minLength: 1, maxLength: 400 });

  test.each([
    ['Guesty', GUESTY],
    ['Aircall', AIRCALL],
  ])('no window of %s’s ever holds more calls than it may, through crashes too', (_vendor, windows) => {
    fc.assert(
      fc.property(calls, fc.nat(399), (gaps, crashAt) => {
        const journal = inMemoryRateJournal();
        let gate = gateAt(1_000_000, windows, journal);
        let now = 1_000_000;
        const begun = gaps.map(([gap, wanted], index) => {
          now += gap;
          if (index === crashAt) gate = gateAt(now, windows, journal);
          now = waitTurn(gate, now, wanted);
          return now;
        });
        for (const { lengthMs, callsMax } of windows) expect(fullest(begun, lengthMs)).toBeLessThanOrEqual(callsMax);
      }),
      { numRuns: 60 },
    );
  });

  test('live that keeps to its quarter never waits, however much backfill there is', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 2_000, max: 9_000 }), { minLength: 5, maxLength: 60 }), gaps => {
        const gate = gateAt(0);
        let liveAt = 0;
        for (const gap of gaps) {
          const next = liveAt + gap;
          for (let now = liveAt; ; ) {
            now += gate.delayMs(now, 'backfill');
            if (now >= next) break;
            gate.began(now);
          }
          liveAt = next;
          expect(gate.delayMs(liveAt, 'live')).toBe(0);
          gate.began(liveAt);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('a burst passes up to the limit, the next call waits for the second to end', () => {
    const gate = gateAt(5_000);
    for (let call = 0; call < 15; call += 1) {
      expect(gate.delayMs(5_000, 'live')).toBe(0);
      gate.began(5_000);
    }
    expect(gate.delayMs(5_400, 'live')).toBe(600);
  });

  test('backfill ends where the last quarter begins', () => {
    const gate = gateAt(0, AIRCALL);
    for (let call = 0; call < 90; call += 1) {
      expect(gate.delayMs(call, 'backfill')).toBe(0);
      gate.began(call);
    }
    expect(gate.delayMs(90, 'backfill')).toBe(59_910);
    expect(gate.delayMs(90, 'live')).toBe(0);
  });

  test('however busy the hour, a gap check finds the calls that are left to it', () => {
    const gate = gateAt(0);
    let now = 0;
    for (let wait = 0; wait < 60_000; wait = gate.delayMs(now, 'live')) {
      now += wait;
      gate.began(now);
    }
    expect(now).toBeLessThan(3_600_000);
    for (let check = 0; check < 72; check += 1) {
      now += 50_000;
      expect(gate.delayMs(now, 'gap-check')).toBe(0);
      gate.began(now);
      while (gate.delayMs(now, 'live') === 0) gate.began(now);
    }
  });

  test('five thousand calls an hour are the end of it, for whoever comes after a crash as well', () => {
    const journal = inMemoryRateJournal();
    const gate = gateAt(0, GUESTY, journal);
    for (let call = 0; call < 5_000; call += 1) gate.began(call * 700);
    const now = 5_000 * 700;
    expect(gate.delayMs(now, 'gap-check')).toBe(3_600_000 - now);
    const restarted = gateAt(now, GUESTY, journal).delayMs(now, 'gap-check');
    expect(restarted).toBeGreaterThanOrEqual(3_600_000 - now);
    expect(restarted).toBeLessThanOrEqual(3_600_000 - now + 10_000);
  });

  test('the vendor’s word counts: when it asks to wait, after a crash too', () => {
    const journal = inMemoryRateJournal();
    const gate = gateAt(1_000, GUESTY, journal);
    gate.observed({ retryAfterMs: 30_000 }, 1_000);
    expect(gate.delayMs(11_000, 'gap-check')).toBe(20_000);
    expect(gateAt(11_000, GUESTY, journal).delayMs(11_000, 'live')).toBe(20_000);
  });

  test('the vendor’s word counts: when it says that others used the quota up', () => {
    const gate = gateAt(1_000);
    gate.observed({ second: 0, minute: 40, hour: 2_000 }, 1_000);
    expect(gate.delayMs(1_000, 'live')).toBe(1_000);
    gate.observed({ second: 3, minute: 4 }, 1_000);
    expect(gate.delayMs(1_000, 'live')).toBe(0);
    gate.began(1_100);
    gate.began(1_200);
    expect(gate.delayMs(1_500, 'live')).toBe(9_500);
    expect(gate.delayMs(1_500, 'backfill')).toBe(59_500);
  });

  test('operators see what is left by our own count and by the vendor’s', () => {
    const gate = gateAt(0, AIRCALL);
    gate.began(10);
    expect(gate.standing(20)).toEqual([{ name: 'minute', left: 119, max: 120 }]);
    gate.observed({ minute: 60 }, 20);
    expect(gate.standing(20)).toEqual([{ name: 'minute', left: 60, max: 120, observed: 60 }]);
    expect(gate.standing(60_020)).toEqual([{ name: 'minute', left: 120, max: 120 }]);
  });
});
