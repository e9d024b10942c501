import { formatBytes, formatCount, formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import { drawBar, formatInstant } from '../restore/screen/format.ts';
import type { BackupState } from './read-operations.ts';

/** How the backups are, in the order in which a person asks. Pure. */
export function statusInWords({ summary, active }: BackupState, now: Date): string {
  return [
    ...(active === undefined ? [] : [`Running     ${active.runId}: ${liveInWords(active, now)}`]),
    ...(summary === undefined ? NOTHING_YET : summaryLines(summary, now)),
  ].join('\n');
}

const NOTHING_YET = [
  'Last good   none yet: everything could be lost',
  'Next due    not known before the first run has ended',
];

function summaryLines(summary: BackupSummary, now: Date): string[] {
  const since = (instant: string, moreMs = 0): string => formatDuration(now.getTime() - Date.parse(instant) + moreMs);
  const { lastGood, lastRun, recoveryMs, lastDrillAt, lastSampleAt, kept, nextDueAt } = summary;
  const isOverdue = Date.parse(nextDueAt) < now.getTime();
  return [
    ...(lastGood === undefined
      ? ['Last good   none yet: everything could be lost']
      : [
          `Last good   ${lastGood.runId}, ${formatInstant(new Date(lastGood.finishedAt))}, ` +
            `${formatBytes(lastGood.totalBytes)} in ${formatCount(lastGood.totalFiles, 'file', 'files')}, ` +
            `${formatBytes(lastGood.addedBytes)} new, took ${formatDuration(lastGood.durationMs)}`,
          // What was written while it ran may not be in it.
          `RPO         what was written in the last ${since(lastGood.finishedAt, lastGood.durationMs)} could be lost`,
        ]),
    recoveryMs === undefined || lastDrillAt === undefined
      ? 'RTO         not measured yet: the weekly drill does'
      : `RTO         ${formatDuration(recoveryMs)} to have all data back (drill ${since(lastDrillAt)} ago)`,
    ...(lastSampleAt === undefined ? [] : [`Read back   a sample ${since(lastSampleAt)} ago`]),
    ...(lastRun === undefined
      ? []
      : [`Last run    ${[`${lastRun.runId}: ${lastRun.state}`, lastRun.reason].filter(Boolean).join(', ')}`]),
    ...(kept === undefined ? [] : [`Kept        ${formatCount(kept, 'snapshot', 'snapshots')}`]),
    `Next due    ${formatInstant(new Date(nextDueAt))}${isOverdue ? ' (overdue)' : ''}`,
  ];
}

export function liveInWords({ state, stateSince, progress }: BackupRun, now: Date): string {
  const since = `${state} for ${formatDuration(now.getTime() - Date.parse(stateSince))}`;
  if (progress === undefined || progress.step !== state) return since;
  const left = progress.secondsLeft === undefined ? '' : `, ${formatDuration(progress.secondsLeft * 1000)} left`;
  const percent = `${Math.floor(progress.percent)} %`;
  return `${since} ${drawBar(progress.percent)} ${percent}, ${formatBytes(progress.bytesPerSecond)}/s${left}`;
}
