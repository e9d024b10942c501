import { type DurableAlarm, durableAlarm } from '@innkeeper/shared/adapters/cloudflare/durable-alarm';
import type { InboundDelivery } from '@innkeeper/shared/contracts/inbound-delivery';
import { createHydrationDriver, type HydrationDriver } from '@innkeeper/shared/hydration/hydration-driver';
import { acceptDelivery } from '@innkeeper/shared/ingest/accept-delivery';
import { createReadJobs, type ReadJobs } from '@innkeeper/shared/jobs/read-jobs';
import type { Mark } from '@innkeeper/shared/ports/hydration-gate';
import { inMemoryDirtySet } from '@innkeeper/shared/testing/in-memory-dirty-set';
import { inMemoryJobStore } from '@innkeeper/shared/testing/in-memory-job-store';
import type { WorkerWiring } from '../workers/wiring.ts';
import { begin, type Cloud, logOf } from './cloud.ts';
import { keptCalls } from './kept-calls.ts';
import { reachBucket, reachDocuments, reachQueue } from './reach.ts';
import { reachVendor, type VendorApi } from './reach-vendor.ts';
import { withinLife } from './within-life.ts';
import type { WorkerCode } from './worker-code.ts';

/**
 * The Durable Object of one vendor: what `DurableHydration` puts together, on storage that lasts while the process in it
 * comes and goes. Its alarm rings though nobody calls.
 */
export interface HydrationObject {
  /** Durable when it returns, as a Durable Object's answer waits for its storage. */
  mark(marks: readonly Mark[]): void;
  tick(purpose: 'gap-check' | 'comparison'): void;
  /** Nothing is marked that people wait for, no job runs. */
  readonly isIdle: boolean;
  /** What was marked before then and is still not read. */
  readonly leftSince: (epochMs: number) => readonly string[];
}

interface Running {
  readonly alarm: DurableAlarm;
  readonly driver: HydrationDriver;
  readonly jobs: ReadJobs;
}

export interface HydrationObjectOptions {
  readonly cloud: Cloud;
  readonly wiring: WorkerWiring;
  readonly api: VendorApi;
  readonly code: WorkerCode;
  readonly take: (delivery: InboundDelivery) => void;
}

export function hydrationObject({ cloud, wiring, api, code, take }: HydrationObjectOptions): HydrationObject {
  const { time, dice } = cloud;
  const kept = new Map<string, unknown>();
  const keptMarks = inMemoryDirtySet();
  const dirtySet = code.dirtySet(keptMarks);
  const jobStore = inMemoryJobStore();
  const journal = keptCalls();
  let ringsAtMs: number | undefined;
  let running: Running | undefined;

  const alarmClock = {
    setAlarm: (atMs: number | Date) => {
      const wanted = Number(atMs);
      ringsAtMs = wanted;
      time.at(wanted, () => {
        if (ringsAtMs !== wanted) return;
        ringsAtMs = undefined;
        const { alarm, driver } = open();
        alarm.rang();
        driver.wake();
      });
      return Promise.resolve();
    },
    deleteAlarm: () => {
      ringsAtMs = undefined;
      return Promise.resolve();
    },
  };

  const open = (): Running => {
    running ??= compose();
    return running;
  };

  const compose = (): Running => {
    const life = begin(cloud, () => {
      running = undefined;
      keptMarks.reopen();
    });
    const alarm = durableAlarm(withinLife(life, alarmClock), time.now);
    const marked = withinLife(life, dirtySet);
    const log = logOf(cloud, life);
    const store = reachDocuments(cloud, life);
    const source = code.source(wiring.createSource({ store, log }));
    const accepting = { queue: reachQueue(life, take), overflow: reachBucket(cloud, life), now: time.now, log };
    const { hydrator, pages } = wiring.createHydration({
      fetch: reachVendor(cloud, life, api),
      store,
      journal: withinLife(life, journal),
      kept,
      log,
      now: time.now,
      wait: life.pause,
    });
    const jobs = createReadJobs({
      jobs: withinLife(life, jobStore),
      pages,
      source,
      store,
      accept: delivery => acceptDelivery(accepting, delivery),
      dirtySet: marked,
      now: time.now,
      random: dice.fraction,
      log,
    });
    const driver = createHydrationDriver({
      source: source.source,
      deployable: source.deployable,
      dirtySet: marked,
      jobs,
      alarm,
      hydrator,
      store,
      recordKind: wiring.recordKind,
      now: time.now,
      random: dice.fraction,
      log,
      wait: life.pause,
    });
    return { alarm, driver, jobs };
  };

  return {
    mark: marks => {
      dirtySet.mark(marks, time.now());
      open().driver.wake();
    },
    tick: purpose => {
      const { jobs, driver } = open();
      jobs.start({ purpose, dryRun: false });
      driver.wake();
    },
    get isIdle() {
      const isWaitedFor = keptMarks.entries().some(({ lane }) => lane === 'live');
      return !isWaitedFor && jobStore.all().every(({ phase }) => phase === 'ended');
    },
    leftSince: epochMs =>
      keptMarks
        .entries()
        .filter(({ firstMarkedAtMs }) => firstMarkedAtMs < epochMs)
        .map(({ subject, id, attempts, cause }) => `${subject} ${id} (${cause.event}), after ${attempts} attempts`),
  };
}
