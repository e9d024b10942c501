import { expect, it } from 'vitest';
import type { Alert } from '../alerts/alert.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { listenerStatus } from './listener-status.ts';
import { watchTime } from './watch-time.ts';

function watching() {
  const clock = virtualClock();
  const status = listenerStatus(clock, process.memoryUsage);
  const alerts: Alert[] = [];
  const stop = new AbortController();
  const ended = watchTime({ status, clock, alert: alert => alerts.push(alert) }, stop.signal);
  return { clock, status, alerts, stop, ended };
}

it('tells that the clock was set, by how much, and nothing of one that drifts', async () => {
  const { clock, alerts, stop, ended } = watching();
  clock.jump(1_500);
  await clock.advance(10_000);
  expect(alerts).toEqual([]);
  clock.jump(-90_000);
  await clock.advance(10_000);
  expect(alerts).toEqual([{ kind: 'clock_jumped', byMs: -90_000 }]);
  stop.abort();
  await ended;
});

it('tells that the listener falls behind once it has for two minutes, and again only after ten', async () => {
  const { clock, status, alerts } = watching();
  status.enter('streaming');
  status.reached({ changes: 1, atMs: clock.elapsedMs(), behindMs: 0 });
  status.enter('resuming');
  await clock.advance(120_000);
  expect(alerts).toEqual([]);
  await clock.advance(60_000);
  expect(alerts).toMatchObject([{ kind: 'falling_behind' }]);
  await clock.advance(500_000);
  expect(alerts).toHaveLength(1);
  await clock.advance(120_000);
  expect(alerts).toHaveLength(2);
});

it('says nothing of a lag that shrinks, or of another copy’s', async () => {
  const { clock, status, alerts } = watching();
  status.enter('streaming');
  for (let behindMs = 3_600_000; behindMs > 0; behindMs -= 60_000) {
    status.reached({ changes: 1, atMs: clock.elapsedMs(), behindMs });
    await clock.advance(5_000);
  }
  status.enter('waiting');
  await clock.advance(3_600_000);
  expect(alerts).toEqual([]);
});
