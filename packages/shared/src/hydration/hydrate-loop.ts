import { detailOf, fateOf } from '../ingest/delivery-fate.ts';
import type { Log } from '../log/log.ts';
import type { DirtyEntry, DirtySet } from './dirty-set.ts';
import { type EntryFate, endUnread, type SettleBatchPorts, settleBatch } from './settle-batch.ts';

/**
 * Reads from the vendor what is marked: the first mark at once, and what is marked meanwhile shares the next batch. A
 * batch counts as being read in memory only, so a process that ends at any step leaves everything due. I/O: the ports.
 */
export interface HydrateLoop {
  /**
   * Resolves once nothing is due and nothing is being read. Rejects only where the dirty set's own storage fails. Who calls
   * while it runs shares the run, and what was marked meanwhile is read in it.
   */
  run(): Promise<void>;
  /** When there is something to read again; `undefined` where nothing is left but what is being read. */
  nextDueMs(): number | undefined;
}

export interface HydrateLoopPorts extends SettleBatchPorts {
  readonly dirtySet: DirtySet;
  readonly log: Log;
  /** Called after every batch. */
  readonly batchEnded?: () => void;
}

/** Two answers under way hide the vendor's latency; more would only spend the minute's quota on smaller batches. */
const BATCHES_IN_FLIGHT_MAX = 2;
/** A read of backfill may wait for the limit: what is live finds a place free meanwhile. */
const BACKFILL_IN_FLIGHT_MAX = 1;

export function createHydrateLoop(ports: HydrateLoopPorts): HydrateLoop {
  const inFlight = { live: 0, backfill: 0 };
  /** Until when the vendor's limit lets nothing of a lane pass; in memory only, as whoever asks again is told again. */
  const pausedUntilMs = { live: 0, backfill: 0 };
  let idle: PromiseWithResolvers<void> | undefined;

  const pump = (): void => {
    for (let batch = next(); batch.length > 0; batch = next()) {
      const lane = batch.some(entry => entry.lane === 'live') ? 'live' : 'backfill';
      inFlight[lane] += 1;
      void readBatch(ports, batch)
        .then(untilMs => {
          pausedUntilMs[lane] = Math.max(pausedUntilMs[lane], untilMs);
        })
        .finally(() => {
          inFlight[lane] -= 1;
        })
        .then(ended)
        .catch(broken);
    }
    if (inFlight.live + inFlight.backfill > 0) return;
    idle?.resolve();
    idle = undefined;
  };
  const next = (): readonly DirtyEntry[] => {
    const { dirtySet, hydrator, now } = ports;
    const nowMs = now();
    if (inFlight.live + inFlight.backfill >= BATCHES_IN_FLIGHT_MAX) return [];
    const mayBackfill = inFlight.backfill < BACKFILL_IN_FLIGHT_MAX && pausedUntilMs.backfill <= nowMs;
    const mayTake = dirtySet.isLiveDue(nowMs) ? pausedUntilMs.live <= nowMs : mayBackfill;
    return mayTake ? dirtySet.take(nowMs, subject => hydrator.batchMax(subject)) : [];
  };
  const ended = (): void => {
    ports.batchEnded?.();
    pump();
  };
  const broken = (error: unknown): void => {
    idle?.reject(error);
    idle = undefined;
  };

  return {
    run: () => {
      idle ??= Promise.withResolvers<void>();
      const { promise } = idle;
      try {
        pump();
      } catch (error) {
        broken(error);
      }
      return promise;
    },
    nextDueMs: () => {
      const dueMs = ports.dirtySet.nextDueMs();
      const nowMs = ports.now();
      if (dueMs === undefined || dueMs > nowMs) return dueMs;
      const pauses = Object.values(pausedUntilMs).filter(untilMs => untilMs > nowMs);
      return pauses.length === 0 ? dueMs : Math.min(...pauses);
    },
  };
}

/** Resolves with the time until which the vendor's limit lets nothing pass; 0 where it was not used up. */
async function readBatch(ports: HydrateLoopPorts, batch: readonly DirtyEntry[]): Promise<number> {
  try {
    const fates = await settleBatch(ports, batch);
    for (const [entry, fate] of fates) applyFate(ports, entry, fate);
    tell(ports, batch, [...fates.values()]);
    return Math.max(0, ...[...fates.values()].map(fate => (fate.act === 'deferred' ? fate.notBeforeMs : 0)));
  } catch (error) {
    // A bug. Whichever entry it is about must not hold up the others; its own waits grow until a person sees this line.
    if (batch.length > 1) return readOneByOne(ports, batch);
    const reason = error instanceof Error ? error.name : 'unknown';
    ports.log.error('hydration.crashed', { source: ports.source, subject: batch[0]?.subject, error: reason });
    const failure = { kind: 'unavailable' as const, detail: `the read broke off (${reason})` };
    for (const entry of batch) applyFate(ports, entry, await endUnread(ports, entry, failure));
    return 0;
  }
}

async function readOneByOne(ports: HydrateLoopPorts, batch: readonly DirtyEntry[]): Promise<number> {
  let untilMs = 0;
  for (const entry of batch) untilMs = Math.max(untilMs, await readBatch(ports, [entry]));
  return untilMs;
}

function applyFate({ dirtySet, log, source }: HydrateLoopPorts, entry: DirtyEntry, fate: EntryFate): void {
  if (fate.act === 'postponed') return dirtySet.postpone([entry], fate.notBeforeMs);
  if (fate.act === 'deferred') return dirtySet.defer([entry], fate.notBeforeMs);
  dirtySet.settle([entry]);
  if (fate.act === 'settled') return;
  const { subject, id } = entry;
  log.error('mark.parked', { source, subject, id, reason: fate.reason, eventId: entry.cause.eventId });
}

/** One line per batch; another where waiting alone will not heal what went wrong. */
function tell(ports: HydrateLoopPorts, batch: readonly DirtyEntry[], fates: readonly EntryFate[]): void {
  const count = (act: EntryFate['act']): number => fates.filter(fate => fate.act === act).length;
  const firstMarkedAtMs = Math.min(...batch.map(entry => entry.firstMarkedAtMs));
  const subject = batch[0]?.subject;
  ports.log.info('batch.hydrated', {
    source: ports.source,
    subject,
    settled: count('settled'),
    postponed: count('postponed') + count('deferred'),
    parked: count('parked'),
    lagMs: ports.now() - firstMarkedAtMs,
  });
  const failures = fates.flatMap(fate => ('failure' in fate ? [fate.failure] : []));
  const [failure] = failures;
  if (failure === undefined) return;
  const fields = { source: ports.source, subject, reason: failure.kind, detail: detailOf(failure) };
  const alert = failures.some(reason => {
    const fate = fateOf(reason);
    return fate.act === 'retry' && fate.alert;
  });
  if (alert) ports.log.error('hydration.blocked', fields);
  else ports.log.warn('hydration.postponed', fields);
}
