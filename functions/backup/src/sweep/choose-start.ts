import type { ActiveRun, BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { type Due, nextDue, type Schedule } from '../run/calendar.ts';
import { isInTime, retryAt } from '../run/retries.ts';
import { MISSED_AFTER_MS } from './limits.ts';

/** Whether the sweep has to start a run: one that nobody started, or one more after a failure. Pure. */
export interface NightsRuns {
  readonly due: Due;
  /** The night's run and its retries, in order; `undefined` where there is none. */
  readonly runs: readonly (BackupRun | 'unreadable' | undefined)[];
}

export type Start =
  | { readonly kind: 'nothing' }
  /** The night's run has not begun. It is started here, unless it is too late, or another run lives: then afterwards. */
  | { readonly kind: 'missed'; readonly due: Due; readonly isToStart: boolean; readonly behind: RunId | undefined }
  | { readonly kind: 'retry'; readonly due: Due; readonly of: BackupRun };

export function chooseStart(
  schedule: Schedule,
  { due, runs }: NightsRuns,
  { runId: behind, lastGood }: ActiveRun,
  { since, now }: { readonly since: Date; readonly now: Date },
): Start {
  const [first] = runs;
  const isToStart = behind === undefined && isInTime(now, nextDue(schedule, now).at);
  if (first === undefined) {
    const isMissed = due.at >= since && now.getTime() - due.at.getTime() >= MISSED_AFTER_MS;
    return isMissed ? { kind: 'missed', due, isToStart, behind } : { kind: 'nothing' };
  }
  const last = runs.findLast(run => run !== undefined);
  if (!isToStart || last === undefined || last === 'unreadable') return { kind: 'nothing' };
  const at = retryAt(last, after => nextDue(schedule, after).at);
  if (at === undefined || at > now) return { kind: 'nothing' };
  // Somebody has made a good one by hand meanwhile.
  if (lastGood !== undefined && lastGood.endedAt >= (last.endedAt ?? '')) return { kind: 'nothing' };
  return { kind: 'retry', due, of: last };
}
