import fc from 'fast-check';
import { expect, test } from 'vitest';
import { BusinessRecord } from '../domain/business-record.ts';
import { createLog } from '../log/log.ts';
import type { DocumentStore, StoreError } from '../ports/document-store.ts';
import { contactMark, contactVendor, isPoison } from '../testing/contact-vendor.ts';
import { inMemoryDirtySet } from '../testing/in-memory-dirty-set.ts';
import { inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import { createHydrateLoop } from './hydrate-loop.ts';

const DOWN: StoreError = { kind: 'unavailable', detail: 'down' };
const IDS = ['a', 'b', 'c', 'd', 'e', 'poison', 'unknown'];
const TROUBLED_RUNS = 40;

/** Numbers below 1, the same for the same seed. */
function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** A promise that no longer leads anywhere: its process was killed. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/**
 * Lives of one process after another over what outlives them. Before and after every step of a life's I/O, seeded dice
 * end it, change something at the vendor, or make the other side fail.
 */
async function live(seed: number): Promise<void> {
  const roll = dice(seed);
  const clock = { now: Date.parse('2026-11-21T10:00:00.000Z') };
  const vendor = contactVendor();
  const dirtySet = inMemoryDirtySet();
  const store = inMemoryDocumentStore({ now: () => clock.now });
  let trouble = true;

  const happen = (): void => {
    const id = IDS[Math.floor(roll() * IDS.length)] ?? 'a';
    if (id !== 'unknown') vendor.versions.set(id, (vendor.versions.get(id) ?? 0) + 1);
    dirtySet.mark([contactMark(id, { lane: roll() < 0.5 ? 'live' : 'backfill' })], clock.now);
  };

  const liveOnce = async (): Promise<void> => {
    const killed = Promise.withResolvers<void>();
    let isAlive = true;
    const mayEnd = (): boolean => {
      clock.now += 7;
      if (trouble && roll() < 0.2) happen();
      if (trouble && roll() < 0.1) {
        isAlive = false;
        killed.resolve();
      }
      return !isAlive;
    };
    const step = async <T>(work: () => Promise<T>): Promise<T> => {
      if (mayEnd()) return never();
      const done = await work();
      return mayEnd() ? never() : done;
    };
    const guarded: DocumentStore = {
      ...store,
      getAll: paths => step(async () => (trouble && roll() < 0.1 ? { ok: false, error: DOWN } : store.getAll(paths))),
      commit: writes =>
        step(async () => {
          if (trouble && roll() < 0.1) return { ok: false, error: DOWN };
          const committed = await store.commit(writes);
          return trouble && roll() < 0.1 ? { ok: false, error: DOWN } : committed; // written, and the answer was lost
        }),
    };
    const loop = createHydrateLoop({
      source: 'aircall',
      deployable: 'test-webhook',
      // A step that was done in the moment of death is not followed by another.
      dirtySet: {
        ...dirtySet,
        take: (...call) => (isAlive ? dirtySet.take(...call) : []),
        settle: entries => (isAlive ? dirtySet.settle(entries) : undefined),
        postpone: (...call) => (isAlive ? dirtySet.postpone(...call) : undefined),
        defer: (...call) => (isAlive ? dirtySet.defer(...call) : undefined),
      },
      store: guarded,
      recordKind: () => 'contact',
      hydrator: {
        batchMax: () => 3,
        hydrate: (_subject, entries) =>
          step(async () => {
            if (trouble && roll() < 0.05) throw new TypeError('a bug');
            const kind = trouble && roll() < 0.2 ? 'vendor_unavailable' : 'vendor_limited';
            const isAway = kind === 'vendor_unavailable' || (trouble && roll() < 0.1);
            return new Map(
              entries.map(entry => [
                entry.id,
                isAway
                  ? ({ kind: 'failed', failure: { kind, detail: 'down' } } as const)
                  : vendor.read(entry, clock.now),
              ]),
            );
          }),
      },
      log: createLog('test-webhook', () => undefined),
      now: () => clock.now,
      random: roll,
      wait: () => step(async () => undefined),
    });
    await Promise.race([loop.run(), killed.promise]);
    if (!isAlive) dirtySet.reopen();
  };

  for (let run = 0; run < TROUBLED_RUNS; run += 1) {
    happen();
    await liveOnce();
    clock.now += Math.floor(roll() * 60_000);
  }
  trouble = false;
  for (let dueMs = dirtySet.nextDueMs(); dueMs !== undefined; dueMs = dirtySet.nextDueMs()) {
    clock.now = Math.max(clock.now, dueMs);
    await liveOnce();
  }

  for (const id of IDS) {
    const record = BusinessRecord.safeParse(store.documents.get(`records/aircall:contact:${id}`)?.fields);
    const isParked = store.documents.has(`parked/aircall-mark-contact-${id}`);
    const version = vendor.versions.get(id);
    const isReadable = version !== undefined && !isPoison(id);
    expect([id, isParked]).toEqual([id, !isReadable && (isParked || version !== undefined)]);
    const name = record.success && record.data.kind === 'contact' ? record.data.facts.firstName : undefined;
    expect([id, name]).toEqual([id, isReadable ? `version ${version}` : undefined]);
  }
}

test('whatever fails and whenever the process is killed: every mark ends in the newest record, or parked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), seed => live(seed)),
    { numRuns: 40 },
  );
});
