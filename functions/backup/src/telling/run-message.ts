import { formatBytes, formatCount, formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import { describeAlert } from '../alerts/describe-alert.ts';
import { finishedStep, takenSnapshots, totalsOf } from '../run/outcomes.ts';
import { retryAt } from '../run/retries.ts';
import { describeCost } from './cost.ts';
import { describeInstant } from './describe-instant.ts';
import { recoveryFigures } from './recovery-figures.ts';

/** What is said in chat about a run that ended: one line when it is good, what to do when it is not. Pure. */
export interface Circumstances {
  readonly zone: TimeZone;
  readonly now: Date;
  /** As it is after this run; `undefined` while it cannot be read. */
  readonly summary: BackupSummary | undefined;
  /** When the next run is due after an instant. */
  readonly nextDueAt: (after: Date) => Date;
}

export const runMessage = (run: BackupRun, circumstances: Circumstances): string =>
  run.failure === undefined ? goodMessage(run, circumstances) : failedMessage(run, run.failure, circumstances);

function goodMessage(run: BackupRun, { zone }: Circumstances): string {
  const { bytes, added } = totalsOf(run);
  const took = run.endedAt === undefined ? '' : ` in ${formatDuration(Date.parse(run.endedAt) - startedMs(run))}`;
  const restoring = finishedStep(run, 'restoring');
  const retaining = finishedStep(run, 'retaining');
  const line = [
    `Backup ${run.runId} ✓ ${formatCount(takenSnapshots(run).length, 'snapshot')}, ${formatBytes(bytes)} ` +
      `(+${formatBytes(added)})${took}`,
    ...(restoring === undefined ? [] : [`read back ${formatCount(restoring.outcome.files, 'file')}`]),
    ...(restoring?.outcome.drill === undefined ? [] : [`all rebuilt in ${formatDuration(restoring.durationMs)}`]),
    ...(retaining === undefined ? [] : [`kept ${retaining.outcome.kept}`]),
    ...(run.cost === undefined ? [] : [describeCost(run.cost)]),
  ].join(' · ');
  const isLeftOver = run.server !== undefined && run.server.goneAt === undefined;
  return isLeftOver ? `${line}\n⚠ ${serverState(run, zone)}` : line;
}

function failedMessage(
  run: BackupRun,
  failure: NonNullable<BackupRun['failure']>,
  { zone, now, summary, nextDueAt }: Circumstances,
): string {
  const { sentence, action } = describeAlert({ kind: 'backup_failed', run }, zone);
  return [
    `✗ ${sentence}`,
    `Since ${describeInstant(failure.at, zone)} · \`${failure.reason}\` · ${quoted(failure.detail)}`,
    `Safe: ${safety(summary, zone, now)}. ${serverState(run, zone)}`,
    `Next: ${action} ${retryWords(retryAt(run, nextDueAt), zone)}`,
  ].join('\n');
}

const startedMs = ({ server, createdAt }: BackupRun): number => Date.parse(server?.createdAt ?? createdAt);

function safety(summary: BackupSummary | undefined, zone: TimeZone, now: Date): string {
  if (summary === undefined) return 'the list of backups cannot be read now; nothing was deleted';
  const { lastGood } = summary;
  if (lastGood === undefined) return 'no good backup exists yet';
  return (
    `backup ${lastGood.runId} is good, finished ${describeInstant(lastGood.finishedAt, zone)} ` +
    `(${recoveryFigures(summary, now).words})`
  );
}

function serverState({ server, creation }: BackupRun, zone: TimeZone): string {
  if (server === undefined) {
    return creation.attempts === 0 ? 'No server was ordered.' : 'No server is known; one that shows up is deleted.';
  }
  return server.goneAt === undefined
    ? `The server ${server.name} (${server.id}) is still there and is being deleted.`
    : `The server is gone since ${describeInstant(server.goneAt, zone)}.`;
}

const retryWords = (at: Date | undefined, zone: TimeZone): string =>
  at === undefined
    ? 'It is not tried again by itself: start a run by hand when it is mended.'
    : `It is tried again by itself after ${describeInstant(at.toISOString(), zone)}.`;

/** A detail comes from the server: shown as code, so that nothing in it calls anybody or becomes a link. */
const quoted = (detail: string): string => `\`${detail.replaceAll('`', '’').replaceAll(/\s+/gu, ' ')}\``;
