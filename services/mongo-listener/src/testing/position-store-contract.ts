import type { DocumentStore } from '@innkeeper/shared/ports/document-store';
import type { Result } from '@innkeeper/shared/result/result';
import { describe, expect, it } from 'vitest';
import { firestorePositionStore } from '../position/firestore-position-store.ts';
import type { PositionError, PositionStore } from '../position/position-store.ts';
import { type VirtualClock, virtualClock } from './virtual-clock.ts';

const LEASE_MS = 15_000;

/** What the lease promises, over any document store. Each test gets an empty one. */
export function positionStoreContract(openStore: () => DocumentStore | Promise<DocumentStore>): void {
  const open = async () => {
    const store = await openStore();
    const clock = virtualClock();
    const process = (processId: string, instance = processId, ofClock: VirtualClock = clock): PositionStore =>
      firestorePositionStore({ store, instance, processId, leaseMs: LEASE_MS, clock: ofClock });
    return { clock, process };
  };

  describe('a position under a lease', () => {
    it('starts with nothing, in epoch 1, and keeps what is saved', async () => {
      const { process } = await open();
      const held = must(await process('a').acquire());
      expect(held).toMatchObject({ epoch: 1, position: { v: 1, epoch: 1 } });
      must(await held.save({ resumeToken: 'token', version: 7, tokenAt: '2026-11-21T09:00:00.000Z' }));
      must(await held.save({ version: 8 }));
      must(await held.release());
      const next = must(await process('b').acquire());
      expect(next).toMatchObject({ epoch: 2, position: { resumeToken: 'token', version: 8 } });
    });

    it('forgets what is saved as undefined, and keeps a scan without its unset fields', async () => {
      const { process } = await open();
      const held = must(await process('a').acquire());
      const collections = { message: { after: undefined, done: false, scanned: 0, expected: 3 } };
      must(await held.save({ resumeToken: 'token', snapshot: { version: 1, startedAt: AT, collections } }));
      must(await held.save({ resumeToken: undefined }));
      expect(held.position).not.toHaveProperty('resumeToken');
      expect(held.position.snapshot).toEqual({
        version: 1,
        startedAt: AT,
        collections: { message: { done: false, scanned: 0, expected: 3 } },
      });
    });

    it('lets a second copy wait as long as the first renews', async () => {
      const { clock, process } = await open();
      const first = must(await process('a').acquire());
      const second = process('b');
      for (let round = 0; round < 5; round += 1) {
        expect(await second.acquire()).toMatchObject({ ok: false, error: { kind: 'held', by: 'a/a' } });
        await clock.advance(10_000);
        must(await first.save({}));
      }
      expect(await second.acquire()).toMatchObject({ ok: false, error: { kind: 'held' } });
    });

    it('lets the second copy take over within a lease of the first one’s death', async () => {
      const { clock, process } = await open();
      must(await process('a').acquire());
      const second = process('b');
      let waitedMs = 0;
      let acquired = await second.acquire();
      for (; !acquired.ok && waitedMs < 60_000; waitedMs += 1_000) {
        await clock.advance(1_000);
        acquired = await second.acquire();
      }
      expect(must(acquired).epoch).toBe(2);
      expect(waitedMs).toBeLessThanOrEqual(LEASE_MS);
    });

    it('fences the first copy once the second took over', async () => {
      const { clock, process } = await open();
      const first = must(await process('a').acquire());
      const second = process('b');
      await second.acquire();
      await clock.advance(LEASE_MS);
      const taken = must(await second.acquire());
      expect(first.valid()).toBe(false);
      expect(await first.save({ resumeToken: 'stale' })).toMatchObject({ ok: false, error: { kind: 'fenced' } });
      expect(await first.release()).toMatchObject({ ok: false, error: { kind: 'fenced' } });
      must(await taken.save({ resumeToken: 'fresh' }));
      expect(taken.position.resumeToken).toBe('fresh');
    });

    it('gives up a lease by itself before anybody else may take it', async () => {
      const { clock, process } = await open();
      const first = must(await process('a').acquire());
      const second = process('b');
      await second.acquire();
      for (let waitedMs = 0; first.valid(); waitedMs += 500) {
        expect(await second.acquire()).toMatchObject({ ok: false, error: { kind: 'held' } });
        expect(waitedMs).toBeLessThan(LEASE_MS);
        await clock.advance(500);
      }
      expect(await second.acquire()).toMatchObject({ ok: false, error: { kind: 'held' } });
    });

    it('needs no waiting after a restart, a release, or a long absence', async () => {
      const { clock, process } = await open();
      must(await process('first', 'host').acquire());
      const restarted = must(await process('second', 'host').acquire());
      expect(restarted.epoch).toBe(2);
      must(await restarted.release());
      expect(must(await process('other').acquire()).epoch).toBe(3);
      await clock.advance(LEASE_MS);
      expect(must(await process('another').acquire()).epoch).toBe(4);
    });

    it('does not let two copies with one name take it from each other for ever', async () => {
      const { process } = await open();
      const storeOfFirst = process('first', 'host');
      const first = must(await storeOfFirst.acquire());
      const second = must(await process('second', 'host').acquire());
      expect(await first.save({})).toMatchObject({ ok: false, error: { kind: 'fenced' } });
      expect(await storeOfFirst.acquire()).toMatchObject({ ok: false, error: { kind: 'held' } });
      must(await second.save({}));
    });

    it('keeps its lease, and keeps others waiting, whatever wall clocks do', async () => {
      const { clock, process } = await open();
      const first = must(await process('a').acquire());
      const second = process('b');
      expect(await second.acquire()).toMatchObject({ ok: false, error: { kind: 'held' } });
      for (const jumpMs of [3_600_000, -7_200_000, 3_600_000]) {
        clock.jump(jumpMs);
        expect(first.valid()).toBe(true);
        expect(await second.acquire()).toMatchObject({ ok: false, error: { kind: 'held' } });
        await clock.advance(2_000);
        must(await first.save({}));
      }
      // The holder's clock was an hour ahead when it died: the other does not wait for that hour.
      clock.jump(3_600_000);
      must(await first.save({}));
      clock.jump(-3_600_000);
      await second.acquire();
      await clock.advance(LEASE_MS);
      expect(must(await second.acquire()).epoch).toBe(2);
    });

    it('writes one save after the other, however they are asked for', async () => {
      const { process } = await open();
      const held = must(await process('a').acquire());
      const saved = await Promise.all([1, 2, 3, 4, 5].map(version => held.save({ version })));
      expect(saved.map(outcome => outcome.ok)).toEqual([true, true, true, true, true]);
      expect(held.position.version).toBe(5);
    });
  });
}

function must<T>(result: Result<T, PositionError>): T {
  if (result.ok) return result.value;
  throw new Error(`refused: ${JSON.stringify(result.error)}`);
}

const AT = '2026-11-21T09:00:00.000Z';
