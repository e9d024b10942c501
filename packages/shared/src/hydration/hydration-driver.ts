import type { ReadJobs } from '../jobs/read-jobs.ts';
import { createHydrateLoop, type HydrateLoopPorts } from './hydrate-loop.ts';
import type { CallLane } from './rate-gate.ts';

/**
 * Keeps a vendor's reading going: what is marked is read at once, gap checks walk beside it, the other jobs take their
 * steps while nothing live waits, and an alarm brings the work back at its next due time, or after the process ended in
 * the middle of it. I/O: the ports.
 */
export interface HydrationDriver {
  /** Call after something was marked or started, and when the alarm rings. Returns at once; the work goes on by itself. */
  wake(): void;
}

/** A durable alarm: it rings though the process ended, and may ring for nothing. */
export interface Alarm {
  /** Rings at `atMs` or before. */
  ensure(atMs: number): void;
  /** Rings at `untilMs` and not before; not at all where there is no time. */
  rest(untilMs: number | undefined): void;
}

export interface HydrationDriverPorts extends HydrateLoopPorts {
  readonly jobs: ReadJobs;
  readonly alarm: Alarm;
}

/** What a process that ends loses is its place in the work under way: so much later at most it is taken up again. */
const SAFETY_NET_MS = 3_000;

export function createHydrationDriver(ports: HydrationDriverPorts): HydrationDriver {
  const { dirtySet, jobs, alarm, now, log } = ports;
  let underWay = 0;

  const mayStep = (lane: CallLane): boolean => {
    alarm.ensure(now() + SAFETY_NET_MS);
    return lane === 'gap-check' || !dirtySet.isLiveDue(now());
  };
  /** Jobs but gap checks make way for what is live: while that waits for the vendor's limit, their being due is no reason to wake. */
  const jobsDueMs = (): number | undefined => jobs.nextDueMs(dirtySet.isLiveDue(now()) ? 'gap-check' : undefined);

  const rest = (): void => {
    const dueMs = [loop.nextDueMs(), jobsDueMs()].filter(at => at !== undefined);
    if (underWay > 0) alarm.ensure(Math.min(now() + SAFETY_NET_MS, ...dueMs.filter(at => at > now())));
    else if (dueMs.length === 0) alarm.rest(undefined);
    else if (Math.min(...dueMs) > now()) alarm.rest(Math.min(...dueMs));
    else wake();
  };

  const start = (work: () => Promise<void>): void => {
    underWay += 1;
    void work()
      .catch((error: unknown) => {
        // A bug, or storage that is gone: the alarm tries again.
        log.error('hydration.broke_off', {
          source: ports.source,
          error: error instanceof Error ? error.name : 'unknown',
        });
        return 'broken' as const;
      })
      .then(outcome => {
        underWay -= 1;
        if (outcome !== 'broken') rest();
      });
  };

  const loop = createHydrateLoop({
    ...ports,
    batchEnded: () => {
      alarm.ensure(now() + SAFETY_NET_MS);
      if ((jobsDueMs() ?? Infinity) <= now()) start(() => jobs.run(mayStep));
    },
  });

  const wake = (): void => {
    alarm.ensure(now() + SAFETY_NET_MS);
    start(() => loop.run());
    start(() => jobs.run(mayStep));
  };
  return { wake };
}
