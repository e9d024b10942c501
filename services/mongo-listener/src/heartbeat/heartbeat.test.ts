import { LISTENER_HEARTBEAT_PATH, ListenerHeartbeat } from '@innkeeper/shared/contracts/chat-documents';
import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { expect, it } from 'vitest';
import type { Alert } from '../alerts/alert.ts';
import { listenerStatus } from '../status/listener-status.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { beat } from './heartbeat.ts';

function beating() {
  const clock = virtualClock();
  const trouble = { isDown: false };
  const store = inMemoryDocumentStore({
    fault: () => (trouble.isDown ? { kind: 'unavailable', detail: 'down' } : undefined),
  });
  const status = listenerStatus(clock, process.memoryUsage);
  const alerts: Alert[] = [];
  const stop = new AbortController();
  const ended = beat({ store, status, clock, alert: alert => alerts.push(alert) }, stop.signal);
  const written = () => ListenerHeartbeat.parse(store.documents.get(LISTENER_HEARTBEAT_PATH)?.fields);
  const caughtUp = () => status.reached({ changes: 0, atMs: clock.elapsedMs(), behindMs: 0 });
  return { clock, trouble, store, status, alerts, stop, ended, written, caughtUp };
}

it('says every five seconds that it lives, and up to when everything is handed on', async () => {
  const { clock, status, written, caughtUp, stop, ended } = beating();
  await clock.advance(1_000);
  expect(written()).toEqual({ v: 1, at: '2026-11-21T09:00:00.000Z', state: 'starting' });
  status.enter('streaming');
  caughtUp();
  await clock.advance(250); // The first time at once.
  expect(written()).toMatchObject({ state: 'streaming', at: '2026-11-21T09:00:01.250Z' });
  expect(written().caughtUpTo).toBe('2026-11-21T09:00:01.000Z');
  await clock.advance(60_000);
  expect(written()).toMatchObject({ at: '2026-11-21T09:01:01.250Z', caughtUpTo: '2026-11-21T09:00:01.000Z' });
  stop.abort();
  await ended;
});

it('leaves standing what an earlier run had handed on, until it can say more itself', async () => {
  const { clock, store, written, caughtUp } = beating();
  const earlier = { v: 1, at: '2026-11-21T08:59:58.000Z', state: 'streaming', caughtUpTo: '2026-11-21T08:59:57.000Z' };
  await store.commit([{ op: 'set', path: LISTENER_HEARTBEAT_PATH, fields: earlier }]);
  await clock.advance(5_000);
  expect(written()).toMatchObject({ state: 'starting', caughtUpTo: earlier.caughtUpTo });
  caughtUp();
  await clock.advance(250);
  expect(written().caughtUpTo).toBe('2026-11-21T09:00:05.000Z');
});

it('does not take the clock being set for a lag, or for having caught up', async () => {
  const { clock, written, caughtUp } = beating();
  caughtUp();
  clock.jump(-3_600_000);
  await clock.advance(5_000);
  const { at, caughtUpTo = '' } = written();
  expect(Date.parse(at) - Date.parse(caughtUpTo)).toBe(5_000);
});

it('is silent while another copy works', async () => {
  const { clock, status, store } = beating();
  await clock.advance(0);
  const before = store.documents.get(LISTENER_HEARTBEAT_PATH)?.updateTime;
  status.enter('waiting');
  await clock.advance(60_000);
  expect(store.documents.get(LISTENER_HEARTBEAT_PATH)?.updateTime).toEqual(before);
});

it('goes on where it cannot be written, and a person hears of it once private rooms are dropped', async () => {
  const { clock, trouble, alerts, written } = beating();
  trouble.isDown = true;
  await clock.advance(40_000);
  expect(alerts).toMatchObject([{ kind: 'heartbeat_failed' }]);
  trouble.isDown = false;
  await clock.advance(5_000);
  expect(written().at).toBe('2026-11-21T09:00:45.000Z');
});
