import { createRateGate } from '@innkeeper/shared/hydration/rate-gate';
import { describe, expect, test } from 'vitest';
import { aircallWorld } from '../testing/aircall-world.ts';
import { createAircallReads } from './aircall-reads.ts';

/** Two calls a second, on a clock that moves only while somebody waits. */
function rig(callsMax = 2, lengthMs = 1_000) {
  let nowMs = 1_795_160_000_000;
  const world = aircallWorld();
  const waits: number[] = [];
  const journal = { load: () => ({ spans: [], closedUntilMs: 0 }), count: () => undefined, close: () => undefined };
  const gate = createRateGate({ windows: [{ name: 'minute', lengthMs, callsMax }], journal, nowMs });
  const reads = createAircallReads({
    client: world.client,
    gate,
    now: () => nowMs,
    wait: async milliseconds => {
      waits.push(milliseconds);
      await Promise.resolve();
      nowMs = Math.max(nowMs, nowMs + milliseconds);
    },
  });
  return { world, reads, waits };
}

describe('reading within the limit', () => {
  test('many at once pass the gate no faster than it allows', async () => {
    const { reads, world, waits } = rig();
    await Promise.all(['1', '2', '3', '4', '5'].map(id => reads.call(id, 'live')));
    expect(world.asked).toHaveLength(5);
    expect(waits.filter(wait => wait === 1_000).length).toBeGreaterThanOrEqual(2);
  });

  test('what would have to wait long is given back, with how long', async () => {
    const { reads, world } = rig(1, 60_000);
    await reads.call('1', 'live');
    expect(await reads.call('2', 'live')).toEqual({
      outcome: 'failed',
      failure: { kind: 'vendor_limited', detail: 'Aircall: limit used up', retryAfterMs: 60_000 },
    });
    expect(world.asked).toEqual(['calls/1']);
  });

  test('lists leave room to what people wait for', async () => {
    const { reads, world } = rig(4, 60_000);
    const lists = await Promise.all([1, 2, 3, 4].map(() => reads.calls({}, 'backfill')));
    expect(lists.map(list => list.outcome)).toEqual(['found', 'found', 'found', 'failed']);
    expect((await reads.call('1', 'live')).outcome).toBe('not_found');
    expect(world.asked).toEqual(['calls', 'calls', 'calls', 'calls/1']);
  });

  test('a read tells when it began, not when it ended', async () => {
    const { reads, world } = rig();
    world.calls.set('1', { id: 1 });
    expect(await reads.call('1', 'live')).toEqual({ outcome: 'found', value: { id: 1 }, beganAtMs: 1_795_160_000_000 });
  });
});
