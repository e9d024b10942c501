import { describe, expect, test } from 'vitest';
import { Parked } from '../contracts/parked.ts';
import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import { createLog } from '../log/log.ts';
import type { StoreError } from '../ports/document-store.ts';
import { contactMark, contactVendor } from '../testing/contact-vendor.ts';
import { inMemoryDirtySet } from '../testing/in-memory-dirty-set.ts';
import { type DocumentStoreFault, inMemoryDocumentStore } from '../testing/in-memory-document-store.ts';
import type { DirtyEntry } from './dirty-set.ts';
import { createHydrateLoop } from './hydrate-loop.ts';
import type { Hydrated } from './hydrator.ts';

const START = Date.parse('2026-11-21T10:00:00.000Z');
const DOWN: StoreError = { kind: 'unavailable', detail: 'down' };

interface Options {
  /** Instead of the vendor's own answer. */
  readonly answer?: (entry: DirtyEntry) => Hydrated | 'left_out' | undefined;
  readonly fault?: DocumentStoreFault;
}

/** A loop over a vendor whose answers a test may hold back or replace. */
function setUp(options: Options = {}) {
  const clock = { now: START };
  const vendor = contactVendor();
  const dirtySet = inMemoryDirtySet();
  const store = inMemoryDocumentStore({ now: () => clock.now, ...(options.fault ? { fault: options.fault } : {}) });
  const reads: string[][] = [];
  const held: (() => void)[] = [];
  const lines: string[] = [];
  let holding = false;
  const loop = createHydrateLoop({
    source: 'aircall',
    deployable: 'test-webhook',
    dirtySet,
    store,
    recordKind: () => 'contact',
    hydrator: {
      batchMax: () => 3,
      hydrate: async (_subject, entries) => {
        reads.push(entries.map(entry => entry.id));
        if (holding) await new Promise<void>(resolve => held.push(resolve));
        return new Map(
          entries.flatMap(entry => {
            const answer = options.answer?.(entry) ?? vendor.read(entry, clock.now);
            return answer === 'left_out' ? [] : [[entry.id, answer] as const];
          }),
        );
      },
    },
    log: createLog('test-webhook', line => lines.push(line)),
    now: () => clock.now,
    random: () => 0.5,
    wait: () => Promise.resolve(),
  });
  return {
    clock,
    vendor,
    dirtySet,
    store,
    reads,
    lines,
    loop,
    mark: (...ids: string[]) => {
      for (const id of ids) if (!vendor.versions.has(id)) vendor.versions.set(id, 1);
      dirtySet.mark(
        ids.map(id => contactMark(id)),
        clock.now,
      );
    },
    hold: () => {
      holding = true;
    },
    release: () => {
      holding = false;
      for (const resolve of held.splice(0)) resolve();
    },
    name: (id: string) => store.documents.get(`records/aircall:contact:${id}`)?.fields['facts'],
    parked: () =>
      [...store.documents.values()]
        .filter(({ path }) => path.startsWith('parked/'))
        .map(({ path, fields }) => ({
          path,
          ...Parked.parse(fields),
        })),
  };
}

const fails = (failure: DeliveryFailure): Hydrated => ({ kind: 'failed', failure });

describe('reading what is marked', () => {
  test('the first mark is read at once, and what is marked meanwhile shares the next batches', async () => {
    const world = setUp();
    world.hold();
    world.mark('a');
    const run = world.loop.run();
    expect(world.reads).toEqual([['a']]);
    world.mark('b');
    void world.loop.run();
    world.mark('c', 'd', 'e', 'f');
    void world.loop.run();
    expect(world.reads).toEqual([['a'], ['b']]); // two under way at most
    world.release();
    await run;
    expect(world.reads).toEqual([['a'], ['b'], ['c', 'd', 'e'], ['f']]);
    expect(world.name('f')).toMatchObject({ firstName: 'version 1' });
    expect(world.dirtySet.entries()).toEqual([]);
  });

  test('backfill leaves a place to what is live, and waits its turn itself', async () => {
    const world = setUp();
    for (const id of ['b1', 'b2', 'b3', 'b4', 'now']) world.vendor.versions.set(id, 1);
    world.hold();
    world.dirtySet.mark(
      ['b1', 'b2', 'b3', 'b4'].map(id => contactMark(id, { lane: 'backfill' })),
      START,
    );
    const run = world.loop.run();
    expect(world.reads).toEqual([['b1', 'b2', 'b3']]);
    world.mark('now');
    void world.loop.run();
    // A batch of one subject is filled up with what waits besides.
    expect(world.reads).toEqual([
      ['b1', 'b2', 'b3'],
      ['now', 'b4'],
    ]);
    world.release();
    await run;
    expect(world.dirtySet.entries()).toEqual([]);
  });

  test('a thing marked while it is read is read once more, and only once', async () => {
    const world = setUp();
    world.hold();
    world.mark('a');
    const run = world.loop.run();
    world.vendor.versions.set('a', 2);
    world.mark('a');
    world.mark('a');
    world.release();
    await run;
    expect(world.reads).toEqual([['a'], ['a']]);
    expect(world.name('a')).toMatchObject({ firstName: 'version 2' });
  });

  test('what neither the vendor nor we know is parked by name', async () => {
    const world = setUp();
    world.dirtySet.mark([contactMark('never/was')], START);
    await world.loop.run();
    expect(world.parked()).toEqual([
      {
        path: 'parked/aircall-mark-contact-never%2Fwas',
        v: 1,
        by: 'test-webhook',
        reason: 'vendor_unknown',
        detail: 'the vendor knows no such thing, and neither do we',
        subject: 'records/aircall:contact:never%2Fwas',
        attempts: 1,
        parkedAt: '2026-11-21T10:00:00.000Z',
      },
    ]);
    expect(world.dirtySet.entries()).toEqual([]);
  });

  test('what was parked is no longer, once it has found its way', async () => {
    const world = setUp();
    world.dirtySet.mark([contactMark('late')], START);
    await world.loop.run();
    expect(world.parked()).toHaveLength(1);
    world.mark('late');
    await world.loop.run();
    expect(world.parked()).toEqual([]);
    expect(world.name('late')).toMatchObject({ contactId: 'late' });
  });

  test('an entry that can never be written is parked, and its batch is written all the same', async () => {
    const world = setUp();
    world.mark('a', 'poison', 'b');
    await world.loop.run();
    expect(world.reads).toEqual([['a', 'b', 'poison']]);
    expect([world.name('a'), world.name('b')]).toMatchObject([{ contactId: 'a' }, { contactId: 'b' }]);
    expect(world.parked()).toMatchObject([
      { path: 'parked/aircall-mark-contact-poison', reason: 'facts_insufficient', detail: 'missing facts.contactId' },
    ]);
  });

  test('an id made of anything can be parked', async () => {
    const world = setUp();
    world.dirtySet.mark(
      ['two\nlines', '\ud800', 'x'.repeat(5_000), '..'].map(id => contactMark(id)),
      START,
    );
    await world.loop.run();
    expect(world.parked()).toHaveLength(4);
    expect(world.dirtySet.entries()).toEqual([]);
  });
});

describe('while something fails', () => {
  test('waits grow, and are as long as the vendor asked at least', async () => {
    const failures = [
      fails({ kind: 'vendor_unavailable', detail: 'status 500' }),
      fails({ kind: 'vendor_unavailable', detail: 'status 500' }),
      fails({ kind: 'vendor_unavailable', detail: 'status 503', retryAfterMs: 90_000 }),
    ];
    const world = setUp({ answer: () => failures.shift() });
    world.mark('a');
    const waits: number[] = [];
    for (let attempt = 1; attempt <= 3; attempt += 1) {
      await world.loop.run();
      const dueMs = world.dirtySet.nextDueMs() ?? 0;
      waits.push(dueMs - world.clock.now);
      world.clock.now = dueMs;
    }
    expect(waits).toEqual([2_000, 3_000, 90_000]);
    await world.loop.run();
    expect(world.name('a')).toMatchObject({ contactId: 'a' });
    expect(world.reads).toHaveLength(4);
  });

  test('a limit that is used up pauses its lane, however much is marked, and counts as nobody’s attempt', async () => {
    const limited = fails({ kind: 'vendor_limited', detail: 'limit used up', retryAfterMs: 60_000 });
    const world = setUp({ answer: () => (world.clock.now < START + 60_000 ? limited : undefined) });
    const ids = Array.from({ length: 30 }, (_none, index) => `c${index}`);
    world.mark(...ids);
    await world.loop.run();
    expect(world.reads.length).toBeLessThanOrEqual(2); // those under way when the limit was met
    world.mark('later');
    await world.loop.run();
    expect(world.reads.length).toBeLessThanOrEqual(2);
    expect(world.loop.nextDueMs()).toBe(START + 60_000);
    expect(world.dirtySet.backlog(START)).toMatchObject({ byLane: { live: 31 }, failing: 0 });
    world.clock.now = START + 60_000;
    await world.loop.run();
    expect(world.dirtySet.entries()).toEqual([]);
  });

  test('a limit that backfill has used up leaves live its share', async () => {
    const limited = fails({ kind: 'vendor_limited', detail: 'limit used up', retryAfterMs: 60_000 });
    const world = setUp({ answer: entry => (entry.lane === 'backfill' ? limited : undefined) });
    world.dirtySet.mark([contactMark('slow', { lane: 'backfill' })], START);
    await world.loop.run();
    world.mark('now');
    await world.loop.run();
    expect(world.name('now')).toMatchObject({ contactId: 'now' });
    expect(world.loop.nextDueMs()).toBe(START + 60_000);
  });

  test('refused credentials are told as an error, and nothing is lost', async () => {
    const world = setUp({ answer: () => fails({ kind: 'vendor_denied', detail: 'credentials refused' }) });
    world.mark('a');
    await world.loop.run();
    expect(world.lines.filter(line => line.includes('"ERROR"'))).toMatchObject([
      expect.stringContaining('"event":"hydration.blocked"'),
    ]);
    expect(world.dirtySet.entries()).toMatchObject([{ id: 'a', attempts: 1 }]);
  });

  test('what is true is written though something related could not be read, and stays due', async () => {
    const failure: DeliveryFailure = { kind: 'vendor_unavailable', detail: 'status 500' };
    const world = setUp({
      answer: entry => {
        const read = world.vendor.read(entry, START);
        return read.kind === 'read' && entry.attempts === 0 ? { ...read, failure } : undefined;
      },
    });
    world.mark('a');
    await world.loop.run();
    expect(world.name('a')).toMatchObject({ contactId: 'a' });
    expect(world.dirtySet.entries()).toMatchObject([{ id: 'a', attempts: 1 }]);
    world.clock.now = world.dirtySet.nextDueMs() ?? 0;
    await world.loop.run();
    expect(world.dirtySet.entries()).toEqual([]);
  });

  test('what has failed for a day is parked', async () => {
    const world = setUp({ answer: () => fails({ kind: 'vendor_unavailable', detail: 'status 500' }) });
    world.mark('a');
    for (let runs = 0; runs < 100; runs += 1) {
      await world.loop.run();
      world.clock.now = world.dirtySet.nextDueMs() ?? world.clock.now;
    }
    expect(world.parked()).toMatchObject([{ reason: 'attempts_exhausted', detail: 'status 500', attempts: 100 }]);
    expect(world.dirtySet.entries()).toEqual([]);
    expect(world.clock.now - START).toBeGreaterThan(15 * 3_600_000);
  });

  test('while the records are away everything stays due, and nothing counts as parked', async () => {
    let down = true;
    const world = setUp({ fault: ({ operation }) => (down && operation === 'commit' ? DOWN : undefined) });
    world.mark('a', 'poison');
    await world.loop.run();
    expect(world.dirtySet.entries()).toHaveLength(2);
    down = false;
    world.clock.now = world.dirtySet.nextDueMs() ?? 0;
    await world.loop.run();
    expect(world.dirtySet.entries()).toEqual([]);
    expect(world.parked()).toHaveLength(1);
  });

  test('a bug about one entry holds up none of its batch', async () => {
    const world = setUp({
      answer: entry => {
        if (entry.id === 'bug') throw new TypeError('a bug');
        return undefined;
      },
    });
    world.mark('a', 'bug', 'b');
    await world.loop.run();
    expect([world.name('a'), world.name('b')]).toMatchObject([{ contactId: 'a' }, { contactId: 'b' }]);
    expect(world.dirtySet.entries()).toMatchObject([{ id: 'bug', attempts: 1 }]);
    expect(world.lines.filter(line => line.includes('hydration.crashed'))).toHaveLength(1);
  });

  test('an entry that the read left out is tried again', async () => {
    const world = setUp({ answer: entry => (entry.id === 'b' ? 'left_out' : undefined) });
    world.mark('a', 'b');
    await world.loop.run();
    expect(world.dirtySet.entries()).toMatchObject([{ id: 'b', attempts: 1 }]);
  });
});
