import type { ActiveRun, BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { mayRetry } from '../alerts/failure-catalogue.ts';
import { type Due, nextDue, type Schedule } from '../run/calendar.ts';
import { LAST_START_BEFORE_NEXT_MS, MISSED_AFTER_MS, RETRY_AFTER_MS } from './limits.ts';

/** Whether the sweep has to start a run: one that nobody started, or one more after a failure. Pure. */
export interface NightsRuns {
  readonly due: Due;
  /** The night's run and its retries, in order; `undefined` where there is none. */
  readonly runs: readonly (BackupRun | 'unreadable' | undefined)[];
}

export type Start =
  | { readonly kind: 'nothing' }
  /** Nobody started the night's run. It is started here, unless it is too late or another run lives. */
  | { readonly kind: 'missed'; readonly due: Due; readonly isToStart: boolean }
  | { readonly kind: 'retry'; readonly due: Due; readonly of: BackupRun };

export function chooseStart(
  schedule: Schedule,
  { due, runs }: NightsRuns,
  active: ActiveRun,
  { since, now }: { readonly since: Date; readonly now: Date },
): Start {
  const [first] = runs;
  const isFree = active.runId === undefined;
  const isInTime = (): boolean => nextDue(schedule, now).at.getTime() - now.getTime() >= LAST_START_BEFORE_NEXT_MS;
  if (first === undefined) {
    const isMissed = due.at >= since && now.getTime() - due.at.getTime() >= MISSED_AFTER_MS;
    return isMissed ? { kind: 'missed', due, isToStart: isFree && isInTime() } : { kind: 'nothing' };
  }
  const made = runs.filter(run => run !== undefined);
  const last = made.at(-1);
  const waitMs = RETRY_AFTER_MS[made.length - 1];
  if (!isFree || waitMs === undefined || last === undefined || last === 'unreadable') return { kind: 'nothing' };
  const { failure, endedAt } = last;
  if (failure === undefined || endedAt === undefined || !mayRetry(failure.reason)) return { kind: 'nothing' };
  // Somebody has made a good one by hand meanwhile.
  if (active.lastGood !== undefined && active.lastGood.endedAt >= endedAt) return { kind: 'nothing' };
  const isTime = now.getTime() - Date.parse(endedAt) >= waitMs && isInTime();
  return isTime ? { kind: 'retry', due, of: last } : { kind: 'nothing' };
}
