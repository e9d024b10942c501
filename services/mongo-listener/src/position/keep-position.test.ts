import { inMemoryDocumentStore } from '@innkeeper/shared/testing/in-memory-document-store';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../alerts/alert.ts';
import { virtualClock } from '../testing/virtual-clock.ts';
import { firestorePositionStore } from './firestore-position-store.ts';
import { keepPosition } from './keep-position.ts';
import { POSITION_PATH } from './position-document.ts';

const LEASE_MS = 15_000;

async function keeping() {
  const clock = virtualClock();
  const trouble = { isDown: false };
  let writes = 0;
  const store = inMemoryDocumentStore({
    fault: ({ operation, phase }) => {
      if (operation === 'commit' && phase === 'before') writes += 1;
      return trouble.isDown ? { kind: 'unavailable', detail: 'down' } : undefined;
    },
  });
  const process = (processId: string) =>
    firestorePositionStore({ store, instance: processId, processId, leaseMs: LEASE_MS, clock });
  const acquired = await process('a').acquire();
  if (!acquired.ok) throw new Error('no lease');
  const held = acquired.value;
  const alerts: Alert[] = [];
  const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
  const keeper = keepPosition({ held, leaseMs: LEASE_MS, clock, log, alert: alert => alerts.push(alert) });
  const stop = new AbortController();
  const ended = keeper.run(stop.signal);
  const reach = (version: number, moved = true) =>
    keeper.reached({ token: { _data: `82${version}` }, version, tokenAt: clock.now(), moved });
  const stored = () => store.documents.get(POSITION_PATH)?.fields;
  return { clock, trouble, keeper, held, alerts, stop, ended, reach, stored, process, writes: () => writes };
}

describe('a position that is kept', () => {
  it('is written once a second while things happen, and three times a lease while nothing does', async () => {
    const { clock, reach, writes, stored, held } = await keeping();
    const before = writes();
    for (let at = 1; at <= 50; at += 1) {
      reach(at);
      await clock.advance(100);
    }
    expect(writes() - before).toBe(5);
    expect(stored()).toMatchObject({ version: 50, resumeToken: '{"_data":"8250"}' });
    const idle = writes();
    for (let at = 51; at <= 110; at += 1) {
      reach(at, false);
      await clock.advance(1_000);
    }
    expect(writes() - idle).toBe(12);
    expect(held.valid()).toBe(true);
    expect(stored()).toMatchObject({ version: 110 });
  });

  it('is written with what is newest once Firestore is back; a person hears of it after two minutes', async () => {
    const { clock, trouble, reach, stored, alerts, held } = await keeping();
    reach(1);
    trouble.isDown = true;
    for (let minute = 0; minute < 4; minute += 1) {
      reach(2 + minute);
      await clock.advance(60_000);
    }
    expect(stored()).not.toHaveProperty('version');
    expect(held.valid()).toBe(false);
    expect(alerts).toMatchObject([{ kind: 'position_unsaved' }]);
    trouble.isDown = false;
    await clock.advance(2_000);
    expect(stored()).toMatchObject({ version: 5 });
    expect(held.valid()).toBe(true);
  });

  it('ends where somebody else took it', async () => {
    const { clock, trouble, process, ended } = await keeping();
    const other = process('b');
    await other.acquire();
    trouble.isDown = true;
    await clock.advance(LEASE_MS);
    trouble.isDown = false;
    expect((await other.acquire()).ok).toBe(true);
    expect(await clock.until(ended)).toMatchObject({ kind: 'fenced' });
  });

  it('is replaced whole after a scan, whatever was reached before', async () => {
    const { keeper, reach, stored, clock } = await keeping();
    reach(1);
    await keeper.replace({ version: 9, resumeToken: undefined, tokenAt: undefined });
    await clock.advance(6_000);
    expect(stored()).toMatchObject({ version: 9 });
    expect(stored()).not.toHaveProperty('resumeToken');
  });

  it('writes what is newest when it is flushed, and ends when it is asked to', async () => {
    const { keeper, reach, stored, stop, ended } = await keeping();
    reach(7);
    expect((await keeper.flush()).ok).toBe(true);
    expect(stored()).toMatchObject({ version: 7 });
    stop.abort();
    expect(await ended).toBeUndefined();
  });
});
