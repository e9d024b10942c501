import { formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';

/**
 * How much would be lost and how long it would take, if everything burnt down now: recovery point and recovery time as
 * measured, not as promised. Pure.
 */
export interface RecoveryFigures {
  /** Age of the newest good backup; `undefined` when there is none. */
  readonly recoveryPointMs: number | undefined;
  /** How long the last drill took to have everything back; `undefined` before the first. */
  readonly recoveryTimeMs: number | undefined;
  readonly words: string;
}

export function recoveryFigures(
  { lastGood, recoveryMs, lastDrillAt }: Pick<BackupSummary, 'lastGood' | 'recoveryMs' | 'lastDrillAt'>,
  now: Date,
): RecoveryFigures {
  const agoMs = (instant: string): number => Math.max(0, now.getTime() - Date.parse(instant));
  // What happened while the backup ran may not be in it: its start counts.
  const recoveryPointMs = lastGood === undefined ? undefined : agoMs(lastGood.finishedAt) + lastGood.durationMs;
  const point =
    recoveryPointMs === undefined
      ? 'there is no good backup yet'
      : `at most the last ${formatDuration(recoveryPointMs)} would be lost`;
  const time =
    recoveryMs === undefined || lastDrillAt === undefined
      ? 'how long a restore takes has not been measured yet'
      : `everything was back in ${formatDuration(recoveryMs)} at the drill ${formatDuration(agoMs(lastDrillAt))} ago`;
  return { recoveryPointMs, recoveryTimeMs: recoveryMs, words: `${point}; ${time}` };
}
