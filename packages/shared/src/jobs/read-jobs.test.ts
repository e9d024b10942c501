import { describe, expect, test, vi } from 'vitest';
import { ReadJob } from '../contracts/read-job.ts';
import type { DeliveryFailure } from '../ingest/delivery-fate.ts';
import { err } from '../result/result.ts';
import { contactJobs, contactPages, contactPlan } from '../testing/contact-jobs.ts';
import type { JobPorts } from './job-ports.ts';
import { createReadJobs, type JobsToStart } from './read-jobs.ts';

const always = () => true;
const BACKFILL: JobsToStart = { purpose: 'backfill', dryRun: false };
const COMPARISON: JobsToStart = { purpose: 'comparison', dryRun: false };
const GAP_CHECK: JobsToStart = { purpose: 'gap-check', dryRun: false };

/** Contacts `c00`, `c01` … at version 1. */
function setUp(contacts: number, changes: (ports: JobPorts) => Partial<JobPorts> = () => ({})) {
  const world = contactJobs();
  for (let index = 0; index < contacts; index += 1) world.vendor.versions.set(`c${String(index).padStart(2, '0')}`, 1);
  const ports: JobPorts = { ...world.ports, ...changes(world.ports) };
  const jobs = createReadJobs(ports);
  const start = (request: JobsToStart): ReadJob => {
    const started = jobs.start(request);
    const job = started.ok ? started.value[0] : undefined;
    if (job === undefined) throw new Error('nothing started');
    return job;
  };
  return {
    ...world,
    jobs,
    start,
    now: (jobId: string): ReadJob => {
      const job = jobs.list().find(listed => listed.jobId === jobId);
      if (job === undefined) throw new Error('no such job');
      return ReadJob.parse(job);
    },
    /** A job from its start to its end, and what it sent settled. */
    complete: async (request: JobsToStart): Promise<ReadJob> => {
      const { jobId } = start(request);
      await jobs.run(always);
      await world.consume();
      const job = jobs.list().find(listed => listed.jobId === jobId);
      if (job === undefined) throw new Error('no such job');
      return job;
    },
  };
}

describe('the first fill', () => {
  test('sends everything once, page by page, and reports it', async () => {
    const world = setUp(7);
    const job = await world.complete(BACKFILL);
    expect(job).toMatchObject({
      jobId: 'aircall-contacts-backfill-20261121T100000000Z',
      state: 'done',
      counts: { pages: 3, read: 7, sent: 7, vanished: 0, unreadable: 0 },
      total: 7,
      examples: ['c00', 'c01', 'c02', 'c03', 'c04', 'c05', 'c06'].map(id => `aircall:contact:${id}`),
    });
    expect(world.name('c06')).toBe('version 1');
    expect(new Set(world.sent.map(({ eventId }) => eventId)).size).toBe(7);
    expect(world.read(`reports/${job.jobId}`)).toMatchObject({
      ...job,
      unreadable: [],
      summary: 'aircall contacts, backfill done: 7 read on 3 pages in 0 s, 7 sent, 0 vanished, 0 unreadable.',
    });
  });

  test('done again it sends what is new or newer, and nothing else', async () => {
    const world = setUp(7);
    await world.complete(BACKFILL);
    world.clock.now += 60_000;
    world.sent.length = 0;
    world.vendor.versions.set('c03', 2);
    world.vendor.versions.set('c99', 1);
    const again = await world.complete(BACKFILL);
    expect(again.counts).toMatchObject({ read: 8, sent: 2 });
    expect([world.name('c03'), world.name('c99')]).toEqual(['version 2', 'version 1']);
  });

  test('as a dry run it tells what it would send, and sends and marks nothing', async () => {
    const world = setUp(4);
    const job = await world.complete({ ...BACKFILL, dryRun: true });
    expect(job).toMatchObject({ dryRun: true, counts: { read: 4, sent: 4 } });
    expect(world.sent).toEqual([]);
    expect(world.read(`reports/${job.jobId}`)?.['summary']).toContain('4 would be sent');
  });

  test('a thing that nobody can read is named, and holds up nothing', async () => {
    const world = setUp(2);
    world.vendor.versions.set('odd', 1);
    world.vendor.versions.set('poison', 1);
    const job = await world.complete(BACKFILL);
    expect(job).toMatchObject({ state: 'done', counts: { read: 4, sent: 2, unreadable: 2 } });
    expect(world.read(`reports/${job.jobId}`)).toMatchObject({
      unreadable: [
        { key: 'aircall:contact:odd', reason: 'payload_unexpected', detail: 'unexpected: number' },
        { key: 'aircall:contact:poison', reason: 'facts_insufficient', detail: 'missing facts.contactId' },
      ],
    });
  });
});

describe('starting and cancelling', () => {
  test('what runs already is not started twice; a dry run beside it is', () => {
    const world = setUp(7);
    const first = world.start(BACKFILL);
    world.clock.now += 1_000;
    expect(world.start(BACKFILL)).toEqual(first);
    expect(world.start({ ...BACKFILL, dryRun: true }).jobId).not.toBe(first.jobId);
    expect(world.jobs.list()).toHaveLength(2);
  });

  test('a list that the vendor does not have, or not for this, is refused by name', () => {
    const world = setUp(0, () => ({
      pages: contactPages(contactJobs().vendor, () => 0, [{ ...contactPlan, purposes: [] }]),
    }));
    expect(world.jobs.start({ ...BACKFILL, resources: ['contacts', 'invoices'] })).toEqual({
      ok: false,
      error: { kind: 'resource_unknown', detail: 'no backfill of contacts, invoices' },
    });
    expect(world.jobs.cancel('nobody')).toMatchObject({ ok: false, error: { kind: 'not_found' } });
  });

  test('bounds that an operator gives are those of the walk', () => {
    const world = setUp(0);
    expect(world.start({ ...BACKFILL, from: '2026-01-01T00:00:00.000Z' }).window).toEqual({
      from: '2026-01-01T00:00:00.000Z',
    });
  });

  test('a cancelled job takes no further step, not even the one under way, and is reported', async () => {
    const held = Promise.withResolvers<void>();
    const world = setUp(7, ports => ({
      pages: { ...ports.pages, readPage: async request => held.promise.then(() => ports.pages.readPage(request)) },
    }));
    const { jobId } = world.start(BACKFILL);
    const run = world.jobs.run(always);
    expect(world.jobs.cancel(jobId)).toMatchObject({ ok: true, value: { state: 'cancelled' } });
    held.resolve();
    await run;
    expect(world.now(jobId)).toMatchObject({ state: 'cancelled', counts: { pages: 0 } });
    expect(world.read(`reports/${jobId}`)).toMatchObject({ state: 'cancelled' });
    expect(world.jobs.nextDueMs()).toBeUndefined();
  });

  test('a job that is cancelled while its report is written is reported as cancelled', async () => {
    const held = Promise.withResolvers<void>();
    const world = setUp(1, ports => ({
      store: { ...ports.store, commit: writes => held.promise.then(() => ports.store.commit(writes)) },
    }));
    const { jobId } = world.start(BACKFILL);
    const run = world.jobs.run(always);
    await vi.waitFor(() => expect(world.now(jobId).counts.pages).toBe(1), { interval: 1 });
    world.jobs.cancel(jobId);
    held.resolve();
    await run;
    expect(world.now(jobId).state).toBe('cancelled');
    expect(world.read(`reports/${jobId}`)).toMatchObject({ state: 'cancelled' });
  });

  test('only so many ended jobs are remembered; running ones always are', async () => {
    const world = setUp(1);
    for (let run = 0; run < 5; run += 1) {
      world.clock.now += 60_000;
      await world.complete(GAP_CHECK);
    }
    expect(world.jobs.list()).toHaveLength(2);
  });

  test('no step is taken while something live waits', async () => {
    const world = setUp(7);
    const { jobId } = world.start(BACKFILL);
    let steps = 0;
    await world.jobs.run(() => (steps += 1) <= 2);
    expect(world.now(jobId)).toMatchObject({ state: 'running', counts: { pages: 2 } });
    expect(world.jobs.nextDueMs()).toBeLessThanOrEqual(world.clock.now);
    await world.jobs.run(always);
    expect(world.now(jobId).state).toBe('done');
  });

  test('a gap check goes before a fill, and a list before one that names its things', async () => {
    const asked: string[] = [];
    const world = setUp(0, ports => ({
      pages: {
        resources: ['homes', 'bookings'].map(resource => ({ ...contactPlan, resource })),
        readPage: request => {
          asked.push(`${request.purpose} ${request.resource}`);
          return ports.pages.readPage(request);
        },
      },
    }));
    world.jobs.start(BACKFILL);
    world.jobs.start({ ...GAP_CHECK, resources: ['bookings'] });
    await world.jobs.run(always);
    expect(asked).toEqual(['gap-check bookings', 'backfill homes', 'backfill bookings']);
  });
});

describe('the gap check', () => {
  test('begins ten minutes before the last one began, and the position moves only at the end', async () => {
    const world = setUp(4);
    expect((await world.complete(GAP_CHECK)).window).toEqual({});
    expect(world.read('watermarks/aircall-contacts')).toMatchObject({ until: '2026-11-21T10:00:00.000Z' });
    world.clock.now += 300_000;
    const second = world.start(GAP_CHECK);
    let steps = 0;
    await world.jobs.run(() => (steps += 1) <= 2);
    expect(world.now(second.jobId).window).toEqual({ from: '2026-11-21T09:50:00.000Z' });
    expect(world.read('watermarks/aircall-contacts')).toMatchObject({ until: '2026-11-21T10:00:00.000Z' });
    await world.jobs.run(always);
    expect(world.read('watermarks/aircall-contacts')).toMatchObject({ until: '2026-11-21T10:05:00.000Z' });
  });

  test('finds what no webhook told of', async () => {
    const world = setUp(4);
    await world.complete(GAP_CHECK);
    world.clock.now += 300_000;
    world.vendor.versions.set('c01', 2);
    world.sent.length = 0;
    expect((await world.complete(GAP_CHECK)).counts).toMatchObject({ sent: 1 });
    expect(world.name('c01')).toBe('version 2');
  });

  test('one that looks where it was told, tries only, or fails moves no position', async () => {
    const failure: DeliveryFailure = { kind: 'payload_unexpected', detail: 'unexpected: cursor' };
    const world = setUp(1);
    await world.complete({ ...GAP_CHECK, from: '2026-11-20T00:00:00.000Z' });
    await world.complete({ ...GAP_CHECK, dryRun: true });
    const failing = setUp(1, ports => ({ pages: { ...ports.pages, readPage: () => Promise.resolve(err(failure)) } }));
    expect((await failing.complete(GAP_CHECK)).state).toBe('failed');
    expect([world.read('watermarks/aircall-contacts'), failing.read('watermarks/aircall-contacts')]).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('the nightly comparison', () => {
  test('marks what the vendor no longer shows, to be read by itself', async () => {
    const world = setUp(7);
    await world.complete(BACKFILL);
    world.clock.now = Date.parse('2026-11-22T02:17:00.000Z');
    world.vendor.versions.delete('c02');
    world.vendor.versions.delete('c05');
    const job = await world.complete(COMPARISON);
    expect(job.counts).toMatchObject({ read: 5, sent: 0, vanished: 2 });
    expect(job.examples).toEqual(['aircall:contact:c02', 'aircall:contact:c05']);
    expect(world.dirtySet.entries()).toMatchObject([
      { subject: 'contact', id: 'c02', lane: 'backfill', cause: { eventId: job.jobId } },
      { subject: 'contact', id: 'c05', lane: 'backfill' },
    ]);
  });

  test('marks nothing that lies outside what was walked, that we heard of meanwhile, or that is gone already', async () => {
    const covers = ({ facts }: { readonly facts: Readonly<Record<string, unknown>> }) => facts['contactId'] !== 'c00';
    const world = setUp(3, ports => ({ pages: { ...ports.pages, resources: [{ ...contactPlan, covers }] } }));
    await world.complete(BACKFILL);
    world.clock.now = Date.parse('2026-11-20T02:17:00.000Z'); // c01 and c02 were heard of at 10:00 of the day after
    world.vendor.versions.clear();
    expect((await world.complete(COMPARISON)).counts.vanished).toBe(0);
    world.clock.now = Date.parse('2026-11-22T02:17:00.000Z');
    await world.store.commit([{ op: 'merge', path: 'records/aircall:contact:c02', fields: { deleted: true } }]);
    expect(await world.complete(COMPARISON)).toMatchObject({ examples: ['aircall:contact:c01'] });
  });

  test('as a dry run it marks nothing', async () => {
    const world = setUp(2);
    await world.complete(BACKFILL);
    world.clock.now += 1;
    world.vendor.versions.clear();
    expect((await world.complete({ ...COMPARISON, dryRun: true })).counts.vanished).toBe(2);
    expect(world.dirtySet.entries()).toEqual([]);
  });
});

describe('while something fails', () => {
  const failing = (failures: (DeliveryFailure | undefined)[]) =>
    setUp(2, ports => ({
      pages: {
        ...ports.pages,
        readPage: request => {
          const failure = failures.shift();
          return failure === undefined ? ports.pages.readPage(request) : Promise.resolve(err(failure));
        },
      },
    }));

  test('the page is tried again later, and operators see why', async () => {
    const world = failing([{ kind: 'vendor_unavailable', detail: 'status 503', retryAfterMs: 40_000 }]);
    const { jobId } = world.start(BACKFILL);
    await world.jobs.run(always);
    expect(world.now(jobId)).toMatchObject({
      state: 'running',
      problem: { reason: 'vendor_unavailable', detail: 'status 503' },
    });
    expect(world.jobs.nextDueMs()).toBe(world.clock.now + 40_000);
    world.clock.now += 40_000;
    await world.jobs.run(always);
    expect(world.now(jobId)).toMatchObject({ state: 'done', counts: { sent: 2 } });
    expect(world.now(jobId)).not.toHaveProperty('problem');
  });

  test('a limit that is used up is a pause and not a problem', async () => {
    const world = failing(
      Array.from({ length: 150 }, () => ({ kind: 'vendor_limited', detail: 'limit used up', retryAfterMs: 7_000 })),
    );
    const { jobId } = world.start(BACKFILL);
    for (let pause = 0; pause < 150; pause += 1) {
      await world.jobs.run(always);
      expect(world.jobs.nextDueMs()).toBe(world.clock.now + 7_000);
      world.clock.now += 7_000;
    }
    expect(world.now(jobId)).not.toHaveProperty('problem');
    await world.jobs.run(always);
    expect(world.now(jobId).state).toBe('done');
  });

  test('a limit that is used up for long is told', async () => {
    const world = failing([{ kind: 'vendor_limited', detail: 'limit used up', retryAfterMs: 3_600_000 }]);
    const { jobId } = world.start(BACKFILL);
    await world.jobs.run(always);
    expect(world.now(jobId)).toMatchObject({ state: 'running', problem: { reason: 'vendor_limited' } });
    expect(world.jobs.nextDueMs()).toBe(world.clock.now + 3_600_000);
  });

  test('what fails for a day ends the job, with a report', async () => {
    const world = failing(Array.from({ length: 200 }, () => ({ kind: 'vendor_unavailable', detail: 'status 503' })));
    const { jobId } = world.start(BACKFILL);
    while (world.jobs.nextDueMs() !== undefined) {
      await world.jobs.run(always);
      world.clock.now = Math.max(world.clock.now, world.jobs.nextDueMs() ?? 0);
    }
    expect(world.read(`reports/${jobId}`)).toMatchObject({
      state: 'failed',
      problem: { reason: 'vendor_unavailable', detail: 'status 503' },
    });
  });

  test('a queue that does not take a page’s news gets them again', async () => {
    let refusals = 1;
    const world = setUp(2, ports => ({
      accept: delivery =>
        (refusals -= 1) >= 0
          ? Promise.resolve(err({ kind: 'unavailable', detail: 'the queue did not take it' }))
          : ports.accept(delivery),
    }));
    const { jobId } = world.start(BACKFILL);
    await world.jobs.run(always);
    expect(world.now(jobId)).toMatchObject({ state: 'running', counts: { pages: 0, sent: 0 } });
    world.clock.now = world.jobs.nextDueMs() ?? 0;
    await world.jobs.run(always);
    await world.consume();
    expect([world.name('c00'), world.name('c01')]).toEqual(['version 1', 'version 1']);
  });

  test('a page’s news are sent six at a time, as many as a Durable Object may have connections', async () => {
    const open = { now: 0, most: 0 };
    const world = setUp(50, ports => ({
      pages: {
        ...ports.pages,
        readPage: async () => {
          const things = Array.from({ length: 50 }, (_none, index) => ({
            kind: 'contact' as const,
            id: `c${index}`,
            value: { id: `c${index}`, version: 1 },
          }));
          return { ok: true, value: { things, beganAtMs: ports.now() } };
        },
      },
      accept: async delivery => {
        open.now += 1;
        open.most = Math.max(open.most, open.now);
        const accepted = await ports.accept(delivery);
        open.now -= 1;
        return accepted;
      },
    }));
    world.start(BACKFILL);
    await world.jobs.run(always);
    expect([open.most, world.sent.length]).toEqual([6, 50]);
  });

  test('a list that leads back to the same page ends, instead of going round for good', async () => {
    const world = setUp(7, ports => ({
      pages: {
        ...ports.pages,
        readPage: async request => {
          const page = await ports.pages.readPage(request);
          return page.ok ? { ok: true, value: { ...page.value, next: 'c02' } } : page;
        },
      },
    }));
    const job = await world.complete(BACKFILL);
    expect(job).toMatchObject({ state: 'failed', problem: { reason: 'page_repeated' } });
  });

  test('a bug in a step costs no other job its turn', async () => {
    const world = setUp(2, ports => ({
      pages: {
        resources: [{ ...contactPlan, resource: 'broken' }, contactPlan],
        readPage: request => {
          if (request.resource === 'broken') throw new TypeError('a bug');
          return ports.pages.readPage(request);
        },
      },
    }));
    world.jobs.start(BACKFILL);
    await world.jobs.run(always);
    expect(world.jobs.list().map(({ resource, state }) => [resource, state])).toEqual([
      ['broken', 'running'],
      ['contacts', 'done'],
    ]);
    expect(world.lines.filter(line => line.includes('job.crashed'))).toHaveLength(1);
  });
});
