import * as fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { sqliteStorage } from '../../test/support/sqlite-storage.ts';
import { fairOrder } from './fair-order.ts';
import { TURNS_PER_WINDOW, type Turn, TurnLedger, type TurnRequest, WINDOW_MS } from './turn-ledger.ts';

const START = Date.parse('2026-11-21T09:41:00Z');
let now: number;
let ledger: TurnLedger;
beforeEach(() => {
  now = START;
  ledger = new TurnLedger(sqliteStorage());
});

const take = (ticket: string, more: Partial<TurnRequest> = {}): Turn =>
  ledger.take({ endpoint: 'chat.sendMessage', ticket, asker: 'frida', urgency: 'answer', ...more }, now);
const waitOf = (turn: Turn): number | undefined => (turn.kind === 'later' ? turn.at - START : undefined);
const fill = (): void => {
  for (let turn = 0; turn < TURNS_PER_WINDOW; turn += 1) take(`full-${turn}`);
};

describe('turns', () => {
  test('are granted at once while the minute has room, for each endpoint by itself', () => {
    fill();
    expect(take('one more').kind).toBe('later');
    expect(take('one more', { endpoint: 'chat.update' }).kind).toBe('granted');
  });

  test('come one window after those that were had, each waiting ticket its own', () => {
    for (let turn = 0; turn < TURNS_PER_WINDOW; turn += 1) {
      take(`t${turn}`);
      now += 100;
    }
    now = START + 1_000;
    const waits = Array.from({ length: 12 }, () => {
      now += 1;
      return waitOf(take(`w${now}`));
    });
    expect(waits.slice(0, 3)).toEqual([WINDOW_MS, WINDOW_MS + 100, WINDOW_MS + 200]);
    expect(waits[10]).toBe(2 * WINDOW_MS);
  });

  test('of a flood go around: somebody’s first before the tenth of who asked before', () => {
    fill();
    for (let index = 0; index < 30; index += 1) take(`flood-${index}`);
    expect(waitOf(take('a first question', { asker: 'bruno' }))).toBe(WINDOW_MS);
    now = START + WINDOW_MS;
    expect(take('flood-0').kind).toBe('granted');
    expect(take('a first question', { asker: 'bruno' }).kind).toBe('granted');
  });

  test('are promised around as well: a first question is told the time of the second turn, not of the last', () => {
    for (let turn = 0; turn < TURNS_PER_WINDOW; turn += 1) {
      take(`t${turn}`, { asker: `a${turn}` });
      now += 1_000;
    }
    for (let index = 0; index < 30; index += 1) take(`flood-${index}`);
    now += 1;
    expect(waitOf(take('a first question', { asker: 'bruno' }))).toBe(WINDOW_MS + 1_000);
  });

  test('go to answers before notices, but a notice waits no longer than it must', () => {
    fill();
    take('briefing', { asker: 'notices', urgency: 'notice' });
    for (let index = 0; index < TURNS_PER_WINDOW; index += 1) take(`q${index}`, { asker: `a${index}` });
    now = START + WINDOW_MS;
    expect(take('briefing', { asker: 'notices', urgency: 'notice' }).kind).toBe('later');
    for (let index = 0; index < TURNS_PER_WINDOW; index += 1) {
      expect(take(`q${index}`, { asker: `a${index}` }).kind).toBe('granted');
    }
    now = START + 2 * WINDOW_MS;
    const kinds = Array.from(
      { length: TURNS_PER_WINDOW },
      (_, index) => take(`r${index}`, { asker: `b${index}` }).kind,
    );
    expect(kinds).toEqual([...Array.from({ length: TURNS_PER_WINDOW - 1 }, () => 'granted'), 'later']);
    expect(take('briefing', { asker: 'notices', urgency: 'notice' }).kind).toBe('granted');
  });

  test('for courtesy are half of them, taken only when nobody waits, and queue nothing', () => {
    const kinds = Array.from({ length: 7 }, (_, index) => take(`c${index}`, { urgency: 'courtesy' }).kind);
    expect(kinds).toEqual(['granted', 'granted', 'granted', 'granted', 'granted', 'later', 'later']);
    for (let index = 0; index < 5; index += 1) expect(take(`q${index}`).kind).toBe('granted');
    expect(waitOf(take('waits'))).toBe(WINDOW_MS);
  });

  test('that nobody came for hold nobody up, and the late one keeps its place', () => {
    fill();
    take('died');
    take('second');
    now = START + WINDOW_MS;
    for (let index = 0; index < 8; index += 1) take(`others-${index}`, { asker: `a${index}` });
    now += 5_000;
    expect(take('new', { asker: 'a1' }).kind).toBe('granted');
    expect(take('died').kind).toBe('granted');
  });

  test('are not granted before the time Rocket.Chat named', () => {
    ledger.close('chat.sendMessage', START + 57_000);
    expect(waitOf(take('q'))).toBe(57_000);
    now = START + 57_000;
    expect(take('q').kind).toBe('granted');
  });

  test('are not needed by a bot that is not counted, until it is', () => {
    fill();
    ledger.setExempt('chat.sendMessage', true, now);
    expect(take('q').kind).toBe('exempt');
    ledger.setExempt('chat.sendMessage', false, now);
    expect(take('q').kind).toBe('later');
  });
});

test('whoever asks and whenever, no more turns than Rocket.Chat allows fall into any minute', () => {
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 9_000 }),
    ticket: fc.integer({ min: 0, max: 40 }),
    asker: fc.constantFrom('frida', 'bruno', 'notices'),
    urgency: fc.constantFrom('answer', 'notice', 'courtesy'),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 120 }), steps => {
      const fresh = new TurnLedger(sqliteStorage());
      const granted: number[] = [];
      const waits: number[] = [];
      let at = START;
      for (const { waitMs, ticket, ...rest } of steps) {
        at += waitMs;
        const turn = fresh.take({ endpoint: 'e', ticket: `${ticket}`, ...rest }, at);
        if (turn.kind === 'granted') granted.push(at);
        if (turn.kind === 'later') waits.push(turn.at - at);
      }
      expect(Math.min(1, ...waits)).toBe(1);
      for (const first of granted) {
        expect(granted.filter(time => time >= first && time < first + 60_000).length).toBeLessThanOrEqual(10);
      }
    }),
    { numRuns: 60 },
  );
});

test('the order leaves nobody out and is the same however the queue is stored', () => {
  const row = fc.record({
    ticket: fc.uuid(),
    asker: fc.constantFrom('a', 'b', 'c'),
    urgency: fc.constantFrom('answer' as const, 'notice' as const),
    since: fc.integer({ min: START - 300_000, max: START }),
  });
  fc.assert(
    fc.property(fc.uniqueArray(row, { selector: ({ ticket }) => ticket }), rows => {
      const order = fairOrder(rows, new Map([['a', 2]]), START);
      expect(order.toSorted((l, r) => (l.ticket < r.ticket ? -1 : 1))).toEqual(
        rows.toSorted((l, r) => (l.ticket < r.ticket ? -1 : 1)),
      );
      expect(fairOrder(rows.toReversed(), new Map([['a', 2]]), START)).toEqual(order);
    }),
  );
});
