import { describe, expect, test } from 'vitest';
import { err, ok, type Result } from '../result/result.ts';
import type { DeliveryFailure } from './delivery-fate.ts';
import { createSweepSoon } from './sweep-soon.ts';
import type { Sweep } from './sweep-unsent.ts';

const DONE = ok({ sent: 1, parked: 0, isUnfinished: false });
const AWAY = err({ kind: 'unavailable' as const, detail: 'away' });

/** Each sweep ends as told, the last one for ever. */
function rig(...outcomes: Result<Sweep, DeliveryFailure>[]) {
  const waits: number[] = [];
  let sweeps = 0;
  const clock = { now: 0, stands: false };
  const soon = createSweepSoon({
    sweep: () => {
      sweeps += 1;
      return Promise.resolve(outcomes[sweeps - 1] ?? outcomes.at(-1) ?? DONE);
    },
    wait: milliseconds => {
      waits.push(milliseconds);
      return clock.stands ? new Promise(() => undefined) : Promise.resolve();
    },
    now: () => clock.now,
  });
  return { soon, waits, clock, swept: () => sweeps };
}

describe('a sweep soon after the queue refused', () => {
  test('is not due while the queue takes everything', () => {
    expect(rig(DONE).soon.due()).toBeUndefined();
  });

  test('is one, however many deliveries caused it', async () => {
    const { soon, swept } = rig(DONE);
    soon.onUnsent();
    soon.onUnsent();
    const running = soon.due();
    expect(soon.due()).toBeUndefined();
    await running;
    expect([swept(), soon.due()]).toEqual([1, undefined]);
  });

  test('tries again with growing waits, then leaves it to the cron', async () => {
    const { soon, waits, swept } = rig(AWAY);
    soon.onUnsent();
    await soon.due();
    expect([swept(), waits]).toEqual([4, [1_000, 2_000, 4_000, 8_000]]);
  });

  test('is made by another request where the one that made it was cut off', async () => {
    const { soon, clock, swept } = rig(DONE);
    clock.stands = true;
    soon.onUnsent();
    void soon.due();
    clock.stands = false;
    clock.now = 29_999;
    expect(soon.due()).toBeUndefined();
    clock.now = 30_000;
    await soon.due();
    expect(swept()).toBe(1);
  });

  test('goes on where a run did not get to the end', async () => {
    const { soon, swept } = rig(ok({ sent: 300, parked: 0, isUnfinished: true }), DONE);
    soon.onUnsent();
    await soon.due();
    expect(swept()).toBe(2);
  });
});
