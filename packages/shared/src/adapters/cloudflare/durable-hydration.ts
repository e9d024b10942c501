import { DurableObject } from 'cloudflare:workers';
import type { InboundDelivery } from '../../contracts/inbound-delivery.ts';
import type { OperateResponse } from '../../contracts/operate.ts';
import type { JobPurpose, ReadJob } from '../../contracts/read-job.ts';
import type { RecordKind } from '../../domain/ids.ts';
import type { DirtySet } from '../../hydration/dirty-set.ts';
import { createHydrationDriver, type HydrationDriver } from '../../hydration/hydration-driver.ts';
import type { Hydrator } from '../../hydration/hydrator.ts';
import type { RateGate } from '../../hydration/rate-gate.ts';
import { acceptDelivery } from '../../ingest/accept-delivery.ts';
import type { DeliverySource } from '../../ingest/delivery-source.ts';
import type { PageReader } from '../../jobs/page-reader.ts';
import { createReadJobs, type JobRefusal, type JobsToStart, type ReadJobs } from '../../jobs/read-jobs.ts';
import type { Log } from '../../log/log.ts';
import type { DocumentStore } from '../../ports/document-store.ts';
import type { GateError, Mark } from '../../ports/hydration-gate.ts';
import { ok, type Result } from '../../result/result.ts';
import { cloudflareDeliveryQueue } from './delivery-queue.ts';
import { type DurableAlarm, durableAlarm } from './durable-alarm.ts';
import { durableDirtySet } from './durable-dirty-set.ts';
import { durableJobStore } from './durable-job-store.ts';
import { overflowBucket } from './overflow-bucket.ts';

/**
 * The Durable Object through which a Worker's whole fleet reads its vendor's API: what is marked is durable before the
 * call is answered, and is read in the background within the vendor's limits, through crashes and evictions. A vendor's
 * own class says how its API is read. I/O: the object's storage, the vendor, the document store, the queue.
 */
export interface HydrationBindings {
  readonly DELIVERIES: Queue<InboundDelivery>;
  readonly OVERFLOW: R2Bucket;
}

/** What a vendor contributes. */
export interface VendorReading {
  readonly source: DeliverySource;
  readonly hydrator: Hydrator;
  readonly pages: PageReader;
  readonly gate: RateGate;
  readonly store: DocumentStore;
  readonly log: Log;
  /** Kind of the record that a subject is of, or is a part of. */
  readonly recordKind: (subject: string) => RecordKind;
}

export type HydrationState = Omit<OperateResponse<'state'>, 'unsent' | 'subscription'>;

export abstract class DurableHydration<Bindings extends HydrationBindings> extends DurableObject<Bindings> {
  readonly #alarm: DurableAlarm;
  readonly #dirtySet: DirtySet;
  readonly #driver: HydrationDriver;
  readonly #gate: RateGate;
  readonly #jobs: ReadJobs;

  constructor(context: DurableObjectState, bindings: Bindings, reading: VendorReading) {
    super(context, bindings);
    const { source, hydrator, store, log, recordKind } = reading;
    const now = () => Date.now();
    const random = () => Math.random();
    this.#gate = reading.gate;
    this.#alarm = durableAlarm(context.storage, now);
    this.#dirtySet = durableDirtySet(context.storage);
    const accepting = {
      queue: cloudflareDeliveryQueue(bindings.DELIVERIES),
      overflow: overflowBucket(bindings.OVERFLOW),
      now,
      log,
    };
    this.#jobs = createReadJobs({
      jobs: durableJobStore(context.storage),
      pages: reading.pages,
      source,
      store,
      accept: delivery => acceptDelivery(accepting, delivery),
      dirtySet: this.#dirtySet,
      now,
      random,
      log,
    });
    this.#driver = createHydrationDriver({
      source: source.source,
      deployable: source.deployable,
      dirtySet: this.#dirtySet,
      jobs: this.#jobs,
      alarm: this.#alarm,
      hydrator,
      store,
      recordKind,
      now,
      random,
      log,
      wait: milliseconds => scheduler.wait(milliseconds),
    });
  }

  /** Answers once the marks are durable; they are read afterwards. */
  mark(marks: readonly Mark[]): Result<void, GateError> {
    this.#dirtySet.mark(marks, Date.now());
    this.#driver.wake();
    return ok(undefined);
  }

  startJobs(request: JobsToStart): Result<readonly ReadJob[], JobRefusal> {
    const started = this.#jobs.start(request);
    this.#driver.wake();
    return started;
  }

  cancelJob(jobId: string): Result<ReadJob, JobRefusal> {
    const cancelled = this.#jobs.cancel(jobId);
    this.#driver.wake();
    return cancelled;
  }

  /** What the clock asks for: the gap check every few minutes, the comparison every night. */
  tick(purpose: Exclude<JobPurpose, 'backfill'>): void {
    this.startJobs({ purpose, dryRun: false });
  }

  /** A vendor's class may add its token. */
  state(): HydrationState | Promise<HydrationState> {
    const nowMs = Date.now();
    return {
      v: 1,
      backlog: this.#dirtySet.backlog(nowMs),
      limits: { windows: [...this.#gate.standing(nowMs)], waitMs: this.#gate.delayMs(nowMs, 'live') },
      jobs: [...this.#jobs.list()],
    };
  }

  override alarm(): void {
    this.#alarm.rang();
    this.#driver.wake();
  }
}
