import type { GuestyAnswer } from '@innkeeper/shared/adapters/guesty/guesty-call';
import type { VendorError } from '@innkeeper/shared/adapters/http/vendor-reply';
import type { CallLane } from '@innkeeper/shared/hydration/rate-gate';
import { err, ok } from '@innkeeper/shared/result/result';
import { describe, expect, test } from 'vitest';
import { createGuestyCalls } from './guesty-calls.ts';

function start(delays: Readonly<Record<CallLane, number>>, answer: () => GuestyAnswer<string>) {
  const clock = { now: 1_000 };
  const seen = { waits: [] as number[], began: [] as number[], observed: [] as object[], tokens: [] as string[] };
  let renewed = 0;
  const left: Record<CallLane, number> = { ...delays };
  const calls = createGuestyCalls({
    tokens: {
      token: refused => Promise.resolve(ok(refused === undefined ? 't0' : `t${(renewed += 1)}`)),
      standing: () => Promise.resolve({ attemptsLeft: 5 }),
    },
    gate: {
      delayMs: (_now, lane) => left[lane],
      began: atMs => seen.began.push(atMs),
      observed: limits => seen.observed.push(limits),
      standing: () => [],
    },
    now: () => clock.now,
    wait: milliseconds => {
      seen.waits.push(milliseconds);
      clock.now += milliseconds;
      left.live = 0;
      left.backfill = 0;
      return Promise.resolve();
    },
  });
  const call = (lane: CallLane) =>
    calls(lane, token => {
      seen.tokens.push(token);
      return Promise.resolve(answer());
    });
  return { call, seen };
}

const fine = (): GuestyAnswer<string> => ({ result: ok('fine'), limits: { second: 3 } });
const refusing = (error: VendorError) => (): GuestyAnswer<string> => ({ result: err(error), limits: {} });

describe('a call to the vendor', () => {
  test('waits its turn, is counted as it begins, and what the vendor says is left is noted', async () => {
    const { call, seen } = start({ 'gap-check': 0, live: 300, backfill: 0 }, fine);
    expect(await call('live')).toEqual({ result: ok('fine'), beganAtMs: 1_300 });
    expect(seen).toMatchObject({ waits: [300], began: [1_300], observed: [{ second: 3 }] });
  });

  test('whose turn is far away is not waited for, and not made', async () => {
    const { call, seen } = start({ 'gap-check': 0, live: 0, backfill: 60_000 }, fine);
    expect((await call('backfill')).result).toEqual(err({ kind: 'limited', retryAfterMs: 60_000 }));
    expect(seen).toMatchObject({ waits: [], began: [], tokens: [] });
    expect((await call('live')).result.ok).toBe(true);
  });

  test('with a refused token is made once more with a new one', async () => {
    const { call, seen } = start({ 'gap-check': 0, live: 0, backfill: 0 }, refusing({ kind: 'denied', status: 401 }));
    expect((await call('live')).result).toEqual(err({ kind: 'denied', status: 401 }));
    expect(seen.tokens).toEqual(['t0', 't1']);
  });

  test('that is forbidden is not made again', async () => {
    const { call, seen } = start({ 'gap-check': 0, live: 0, backfill: 0 }, refusing({ kind: 'denied', status: 403 }));
    await call('live');
    expect(seen.tokens).toEqual(['t0']);
  });
});
