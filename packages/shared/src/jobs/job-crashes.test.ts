import { describe, expect, test } from 'vitest';
import type { JobPurpose } from '../contracts/read-job.ts';
import { contactJobs } from '../testing/contact-jobs.ts';
import type { JobPorts } from './job-ports.ts';
import { createReadJobs } from './read-jobs.ts';

/** A promise that no longer leads anywhere: its process was killed. */
const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

/** The ports of one process; it is killed at its I/O number `killAt`, just before it or just after. */
function mortal(ports: JobPorts, killAt: number, when: 'before' | 'after') {
  const killed = Promise.withResolvers<'killed'>();
  let io = 0;
  let isAlive = true;
  const step = async <T>(work: () => Promise<T>): Promise<T> => {
    const isLast = io === killAt;
    io += 1;
    if (!isAlive || (isLast && when === 'before')) return die();
    const done = await work();
    return isLast || !isAlive ? die() : done;
  };
  const die = <T>(): Promise<T> => {
    isAlive = false;
    killed.resolve('killed');
    return never();
  };
  const mortalPorts: JobPorts = {
    ...ports,
    pages: { ...ports.pages, readPage: request => step(() => ports.pages.readPage(request)) },
    store: {
      getAll: paths => step(() => ports.store.getAll(paths)),
      query: query => step(() => ports.store.query(query)),
      commit: writes => step(() => ports.store.commit(writes)),
    },
    accept: delivery => step(() => ports.accept(delivery)),
  };
  return { ports: mortalPorts, killed: killed.promise, steps: () => io };
}

/** Eight contacts: one new, one newer than its record, and two records whose contacts are gone. */
async function prepare() {
  const world = contactJobs();
  for (const id of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'x', 'y']) world.vendor.versions.set(id, 1);
  const jobs = createReadJobs(world.ports);
  jobs.start({ purpose: 'gap-check', dryRun: false });
  await jobs.run(() => true);
  await world.consume();
  world.sent.length = 0;
  world.clock.now += 86_400_000;
  world.vendor.versions.delete('x');
  world.vendor.versions.delete('y');
  world.vendor.versions.set('c', 2).set('h', 1);
  return world;
}

async function runThrough(purpose: JobPurpose, killAt: number, when: 'before' | 'after') {
  const world = await prepare();
  const first = mortal(world.ports, killAt, when);
  const jobs = createReadJobs(first.ports);
  jobs.start({ purpose, dryRun: false });
  const end = await Promise.race([jobs.run(() => true), first.killed]);
  world.clock.now += 30_000;
  const restarted = createReadJobs(world.ports);
  await restarted.run(() => true);
  await world.consume();
  const [job] = restarted.list();
  return { ...world, job, wasKilled: end === 'killed', steps: first.steps() };
}

describe.each<JobPurpose>(['backfill', 'gap-check', 'comparison'])('a %s that is killed', purpose => {
  test.each(['before', 'after'] as const)('%s any of its steps ends like one that was not', async when => {
    let killAt = 0;
    for (; ; killAt += 1) {
      const { job, wasKilled, name, dirtySet, read, sent } = await runThrough(purpose, killAt, when);
      if (!wasKilled) break;
      const vanished = purpose === 'comparison' ? 2 : 0;
      expect(job).toMatchObject({ state: 'done', counts: { pages: 3, read: 8, sent: 2, vanished } });
      expect([name('c'), name('h')]).toEqual(['version 2', 'version 1']);
      // A page's news may go twice, under ids of two reads; the consumer finds the second known.
      expect(sent.length).toBeLessThanOrEqual(4);
      expect(dirtySet.entries().map(({ id }) => id)).toEqual(purpose === 'comparison' ? ['x', 'y'] : []);
      expect(read(`reports/${job?.jobId}`)).toMatchObject({ state: 'done', counts: { sent: 2, vanished } });
      const until = purpose === 'gap-check' ? '2026-11-22T10:00:00.000Z' : '2026-11-21T10:00:00.000Z';
      expect(read('watermarks/aircall-contacts')).toMatchObject({ until });
    }
    expect(killAt).toBeGreaterThan(8); // pages, looks at the records, sends, the report
  });
});
