import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type DeliveryFailure, type DeliveryFate, detailOf, fateOf, retryDelaySeconds } from './delivery-fate.ts';

const retry = { act: 'retry', alert: false, notBeforeMs: 0 } as const;
const alert = { act: 'retry', alert: true, notBeforeMs: 0 } as const;

/** One row per failure; the compiler asks for those that are missing. */
const table: { [Kind in DeliveryFailure['kind']]: [Extract<DeliveryFailure, { kind: Kind }>, DeliveryFate] } = {
  precondition_failed: [{ kind: 'precondition_failed', detail: 'd' }, retry],
  contention: [{ kind: 'contention', detail: 'd' }, retry],
  unavailable: [
    { kind: 'unavailable', detail: 'd', retryAfterMs: 700 },
    { ...retry, notBeforeMs: 700 },
  ],
  denied: [{ kind: 'denied', detail: 'd' }, alert],
  refused: [
    { kind: 'refused', detail: 'd' },
    { act: 'park', reason: 'store_refused' },
  ],
  vendor_unavailable: [{ kind: 'vendor_unavailable', detail: 'd' }, retry],
  vendor_limited: [
    { kind: 'vendor_limited', detail: 'd', retryAfterMs: 9_000 },
    { ...retry, notBeforeMs: 9_000 },
  ],
  vendor_denied: [{ kind: 'vendor_denied', detail: 'd' }, alert],
  vendor_unknown: [
    { kind: 'vendor_unknown', detail: 'd' },
    { act: 'park', reason: 'vendor_unknown' },
  ],
  delivery_unreadable: [
    { kind: 'delivery_unreadable', detail: 'd' },
    { act: 'park', reason: 'delivery_unreadable' },
  ],
  body_missing: [
    { kind: 'body_missing', detail: 'd' },
    { act: 'park', reason: 'body_missing' },
  ],
  payload_unexpected: [
    { kind: 'payload_unexpected', detail: 'd' },
    { act: 'park', reason: 'payload_unexpected' },
  ],
  facts_insufficient: [
    { kind: 'facts_insufficient', missing: 'facts.stay' },
    { act: 'park', reason: 'facts_insufficient' },
  ],
  record_unreadable: [
    { kind: 'record_unreadable', detail: 'd' },
    { act: 'park', reason: 'record_unreadable' },
  ],
};

describe('the fate of a delivery', () => {
  test.each(Object.values(table))('$kind', (failure, fate) => {
    expect(fateOf(failure)).toEqual(fate);
    expect(detailOf(failure)).not.toBe('');
  });

  test('waits grow, stay within the queue’s limit and never undercut what the vendor asked for', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 101 }),
        fc.nat(100_000_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (n, ask, r) => {
          const seconds = retryDelaySeconds(n, ask, () => r);
          expect(seconds).toBeGreaterThanOrEqual(Math.min(43_200, Math.ceil(ask / 1000)));
          expect(seconds).toBeLessThanOrEqual(43_200);
          expect(seconds).toBeGreaterThanOrEqual(1);
        },
      ),
    );
  });

  test('the first wait is about a second, the longest a quarter of an hour', () => {
    expect(retryDelaySeconds(1, 0, () => 0)).toBe(1);
    expect(retryDelaySeconds(1, 0, () => 0.999)).toBe(2);
    expect(retryDelaySeconds(50, 0, () => 0.999)).toBe(900);
  });
});
