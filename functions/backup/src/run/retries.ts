import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import { mayRetry } from '../alerts/failure-catalogue.ts';

/** Which failed runs are tried again by themselves, and when. Pure. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** What failed a moment ago fails again at once: the first retry waits a little, the second longer. */
const RETRY_AFTER_MS = [15 * MINUTE_MS, HOUR_MS] as const;

/** A run takes an hour or two: later than this before the next one, it would only be in its way. */
const LAST_START_BEFORE_NEXT_MS = 4 * HOUR_MS;

/** Whether a run of the night may still be begun at `at`, when the next one is due at `nextDueAt`. */
export const isInTime = (at: Date, nextDueAt: Date): boolean =>
  nextDueAt.getTime() - at.getTime() >= LAST_START_BEFORE_NEXT_MS;

/** Names of a night's retries, in their order. */
export const retryIds = (day: LocalDate): RunId[] =>
  RETRY_AFTER_MS.map((_, index) => RunId.parse(`${day}-retry-${index + 1}`));

/**
 * From when on a run is tried again; `undefined` for one that did not fail, whose failure needs a person, that somebody
 * started by hand, that was the last try of its night, or that failed too shortly before the next night.
 * `nextDueAt` answers when the next run is due after an instant.
 */
export function retryAt(run: BackupRun, nextDueAt: (after: Date) => Date): Date | undefined {
  const { failure, endedAt } = run;
  if (failure === undefined || endedAt === undefined || !mayRetry(failure.reason)) return undefined;
  const waitMs = RETRY_AFTER_MS[triesBefore(run)];
  if (waitMs === undefined) return undefined;
  const ended = new Date(endedAt);
  const at = new Date(ended.getTime() + waitMs);
  return isInTime(at, nextDueAt(ended)) ? at : undefined;
}

/** Retries that a night has had before the one that would follow this run. */
function triesBefore({ runId, day, trigger }: BackupRun): number {
  if (trigger.kind === 'manual') return RETRY_AFTER_MS.length;
  return trigger.kind === 'retry' ? retryIds(day).indexOf(runId) + 1 : 0;
}
