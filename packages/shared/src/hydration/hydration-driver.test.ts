import { describe, expect, test, vi } from 'vitest';
import { durableAlarm } from '../adapters/cloudflare/durable-alarm.ts';
import type { PageReader } from '../jobs/page-reader.ts';
import { createReadJobs } from '../jobs/read-jobs.ts';
import { contactJobs } from '../testing/contact-jobs.ts';
import { contactMark } from '../testing/contact-vendor.ts';
import { createHydrationDriver } from './hydration-driver.ts';
import type { Hydrated } from './hydrator.ts';

/** A driver over an alarm that a test can look at, a vendor's contacts and its list of them. */
function setUp(options: { answer?: () => Hydrated | undefined } = {}) {
  const world = contactJobs();
  const { clock, ports, dirtySet, store, vendor } = world;
  const storage = { alarmAt: undefined as number | undefined, writes: 0 };
  const alarm = durableAlarm(
    {
      setAlarm: (at: number | Date) => {
        storage.alarmAt = Number(at);
        storage.writes += 1;
        return Promise.resolve();
      },
      deleteAlarm: () => {
        storage.alarmAt = undefined;
        return Promise.resolve();
      },
    },
    ports.now,
  );
  const order: string[] = [];
  const held: (() => void)[] = [];
  const state = { holding: false };
  const pages: PageReader = {
    ...ports.pages,
    readPage: async request => {
      order.push(`page ${request.cursor ?? 'first'}`);
      if (state.holding) await new Promise<void>(resolve => held.push(resolve));
      return ports.pages.readPage(request);
    },
  };
  const jobs = createReadJobs({ ...ports, pages });
  const driver = createHydrationDriver({
    source: 'aircall',
    deployable: 'test-webhook',
    dirtySet,
    store,
    jobs,
    alarm,
    recordKind: () => 'contact',
    hydrator: {
      batchMax: () => 3,
      hydrate: (_subject, entries) => {
        order.push(`read ${entries.map(entry => entry.id).join(' ')}`);
        return Promise.resolve(
          new Map(entries.map(entry => [entry.id, options.answer?.() ?? vendor.read(entry, clock.now)] as const)),
        );
      },
    },
    log: ports.log,
    now: ports.now,
    random: ports.random,
    wait: () => Promise.resolve(),
  });
  return {
    ...world,
    storage,
    alarm,
    order,
    jobs,
    driver,
    mark: (...ids: string[]) => {
      for (const id of ids) vendor.versions.set(id, 1);
      dirtySet.mark(
        ids.map(id => contactMark(id)),
        clock.now,
      );
      driver.wake();
    },
    hold: () => {
      state.holding = true;
    },
    release: () => {
      state.holding = false;
      for (const resolve of held.splice(0)) resolve();
    },
    ring: () => {
      clock.now = storage.alarmAt ?? clock.now;
      storage.alarmAt = undefined;
      alarm.rang();
      driver.wake();
    },
  };
}

const atRest = (world: ReturnType<typeof setUp>) =>
  vi.waitFor(() => expect(world.storage.alarmAt).toBeUndefined(), { interval: 1 });

describe('the driver of hydration', () => {
  test('reads what is marked, with an alarm set while it does and none left when all is done', async () => {
    const world = setUp();
    world.mark('a', 'b');
    expect(world.storage.alarmAt).toBe(world.clock.now + 3_000);
    await atRest(world);
    expect([world.name('a'), world.name('b')]).toEqual(['version 1', 'version 1']);
  });

  test('a burst of marks sets the alarm once', async () => {
    const world = setUp();
    for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) world.mark(id);
    expect(world.storage.writes).toBe(1);
    await atRest(world);
    expect(world.name('g')).toBe('version 1');
  });

  test('what failed comes back when its alarm rings', async () => {
    const answers: Hydrated[] = [{ kind: 'failed', failure: { kind: 'vendor_unavailable', detail: 'status 500' } }];
    const world = setUp({ answer: () => answers.shift() });
    world.mark('a');
    const dueMs = world.clock.now + 2_000;
    await vi.waitFor(() => expect(world.storage.alarmAt).toBe(dueMs), { interval: 1 });
    world.ring();
    await atRest(world);
    expect(world.name('a')).toBe('version 1');
  });

  test('rests until the vendor’s limit is over, though a job is due that makes way for what is live', async () => {
    const limited: Hydrated = {
      kind: 'failed',
      failure: { kind: 'vendor_limited', detail: 'limit used up', retryAfterMs: 20_000 },
    };
    const answers = [limited];
    const world = setUp({ answer: () => answers.shift() });
    world.mark('a');
    world.jobs.start({ purpose: 'backfill', dryRun: false });
    world.driver.wake();
    const overMs = world.clock.now + 20_000;
    await vi.waitFor(() => expect(world.storage.alarmAt).toBe(overMs), { interval: 1 });
    world.ring();
    await atRest(world);
    expect(world.name('a')).toBe('version 1');
    expect(world.jobs.list()).toMatchObject([{ state: 'done' }]);
  });

  test('a process that ended in the middle is followed by one that the alarm wakes', async () => {
    const world = setUp();
    world.vendor.versions.set('a', 1);
    world.dirtySet.mark([contactMark('a')], world.clock.now);
    world.dirtySet.take(world.clock.now, () => 1); // and there it ended
    world.dirtySet.reopen();
    world.storage.alarmAt = world.clock.now + 5_000;
    world.ring();
    await atRest(world);
    expect(world.name('a')).toBe('version 1');
  });

  test('jobs walk to their end by themselves, and what is marked meanwhile goes before their next page', async () => {
    const world = setUp();
    for (const id of ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6']) world.vendor.versions.set(id, 1);
    world.hold();
    world.jobs.start({ purpose: 'backfill', dryRun: false });
    world.driver.wake();
    await vi.waitFor(() => expect(world.order).toEqual(['page first']), { interval: 1 });
    world.mark('live');
    world.release();
    await atRest(world);
    expect(world.order).toEqual(['page first', 'read live', 'page c2', 'page c5']);
    expect(world.jobs.list()).toMatchObject([{ state: 'done', counts: { pages: 3 } }]);
  });

  test('a gap check walks to its end though the limit holds up what is live', async () => {
    const limited: Hydrated = {
      kind: 'failed',
      failure: { kind: 'vendor_limited', detail: 'limit used up', retryAfterMs: 20_000 },
    };
    const world = setUp({ answer: () => limited });
    world.mark('a');
    const overMs = world.clock.now + 20_000;
    await vi.waitFor(() => expect(world.storage.alarmAt).toBe(overMs), { interval: 1 });
    world.jobs.start({ purpose: 'gap-check', dryRun: false });
    world.jobs.start({ purpose: 'backfill', dryRun: false });
    world.driver.wake();
    await vi.waitFor(() => expect(world.jobs.list().map(({ state }) => state)).toContain('done'), { interval: 1 });
    expect(world.jobs.list()).toMatchObject([
      { purpose: 'gap-check', state: 'done', counts: { pages: 1 } },
      { purpose: 'backfill', state: 'running', counts: { pages: 0 } },
    ]);
  });

  test('a job that waits for the vendor’s limit goes on when its alarm rings', async () => {
    const world = setUp();
    const { jobs, clock } = world;
    jobs.start({ purpose: 'gap-check', dryRun: false });
    const [stored] = world.ports.jobs.all();
    if (stored === undefined) throw new Error('nothing started');
    world.ports.jobs.put({ ...stored, notBeforeMs: clock.now + 7_000 });
    world.driver.wake();
    await vi.waitFor(() => expect(world.storage.alarmAt).toBe(clock.now + 7_000), { interval: 1 });
    world.ring();
    await atRest(world);
    expect(jobs.list()).toMatchObject([{ state: 'done' }]);
  });
});
