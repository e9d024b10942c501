import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sqliteStorage } from '../../test/support/sqlite-storage.ts';
import { TokenLedger } from './token-ledger.ts';
import type { Booking } from './token-limits.ts';

const NOON = Date.parse('2026-11-21T12:00:00Z');
const MIDNIGHT = Date.parse('2026-11-22T00:00:00Z');
const limits = { perDay: 1_000, perPersonAndDay: 400 };
const frida = (tokens: number) => ({ person: 'frida', tokens });
const idOf = (booking: Booking): number => {
  if (booking.kind !== 'booked') throw new Error(`${booking.kind} by ${booking.by}`);
  return booking.id;
};

describe('tokens', () => {
  test('are booked up to a person’s share, and again after midnight UTC', () => {
    const ledger = new TokenLedger(sqliteStorage());
    idOf(ledger.book(frida(400), limits, NOON));
    expect(ledger.book(frida(1), limits, NOON)).toEqual({ kind: 'used_up', by: 'person', until: MIDNIGHT });
    expect(ledger.book(frida(400), limits, MIDNIGHT).kind).toBe('booked');
  });

  test('are shared by everybody', () => {
    const ledger = new TokenLedger(sqliteStorage());
    for (const person of ['a', 'b']) idOf(ledger.book({ person, tokens: 400 }, limits, NOON));
    expect(ledger.book({ person: 'c', tokens: 201 }, limits, NOON)).toMatchObject({ kind: 'used_up', by: 'everybody' });
    expect(ledger.book({ person: 'c', tokens: 200 }, limits, NOON).kind).toBe('booked');
  });

  test('that were not used are there again', () => {
    const ledger = new TokenLedger(sqliteStorage());
    ledger.correct(idOf(ledger.book(frida(400), limits, NOON)), 100);
    expect(ledger.book(frida(301), limits, NOON).kind).toBe('used_up');
    expect(ledger.book(frida(300), limits, NOON).kind).toBe('booked');
  });

  test('of calls in any order, crashed or not, never exceed a limit by what was booked', () => {
    const call = fc.record({
      person: fc.constantFrom('a', 'b', 'c', 'd'),
      tokens: fc.integer({ min: 1, max: 300 }),
      usedShare: fc.option(fc.float({ min: 0, max: 1, noNaN: true })),
    });
    fc.assert(
      fc.property(fc.array(call, { maxLength: 60 }), calls => {
        const ledger = new TokenLedger(sqliteStorage());
        const used = new Map<string, number>();
        for (const { person, tokens, usedShare } of calls) {
          const booking = ledger.book({ person, tokens }, limits, NOON);
          if (booking.kind === 'used_up') continue;
          const really = usedShare === null ? tokens : Math.floor(tokens * usedShare);
          if (usedShare !== null) ledger.correct(booking.id, really);
          used.set(person, (used.get(person) ?? 0) + really);
        }
        expect(Math.max(0, ...used.values())).toBeLessThanOrEqual(limits.perPersonAndDay);
        expect([...used.values()].reduce((sum, tokens) => sum + tokens, 0)).toBeLessThanOrEqual(limits.perDay);
      }),
      { numRuns: 50 },
    );
  });
});
