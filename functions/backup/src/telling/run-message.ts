import type { BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import type { TimeZone } from '@innkeeper/shared/domain/local-time';
import { describeAlert } from '../alerts/describe-alert.ts';
import { FAILURE_CATALOGUE } from '../alerts/failure-catalogue.ts';
import { describeCost } from './cost.ts';
import { describeBytes, describeCount, describeDuration, describeInstant } from './describe-figures.ts';
import { recoveryFigures } from './recovery-figures.ts';
import { finishedStep, takenSnapshots, totalsOf } from './taken-snapshots.ts';

/** What is said in chat about a run that ended: one line when it is good, what to do when it is not. Pure. */
export interface Circumstances {
  readonly zone: TimeZone;
  readonly now: Date;
  /** As it is after this run; `undefined` while it cannot be read. */
  readonly summary: BackupSummary | undefined;
}

export const runMessage = (run: BackupRun, circumstances: Circumstances): string =>
  run.failure === undefined ? goodMessage(run, circumstances) : failedMessage(run, run.failure, circumstances);

function goodMessage(run: BackupRun, { zone }: Circumstances): string {
  const { bytes, added } = totalsOf(run);
  const took = run.endedAt === undefined ? '' : ` in ${describeDuration(Date.parse(run.endedAt) - startedMs(run))}`;
  const restoring = finishedStep(run, 'restoring');
  const retaining = finishedStep(run, 'retaining');
  const line = [
    `Backup ${run.runId} ✓ ${describeCount(takenSnapshots(run).length, 'snapshot')}, ${describeBytes(bytes)} ` +
      `(+${describeBytes(added)})${took}`,
    ...(restoring === undefined ? [] : [`read back ${describeCount(restoring.outcome.files, 'file')}`]),
    ...(restoring?.outcome.drill === undefined ? [] : [`all rebuilt in ${describeDuration(restoring.durationMs)}`]),
    ...(retaining === undefined ? [] : [`kept ${retaining.outcome.kept}`]),
    ...(run.cost === undefined ? [] : [describeCost(run.cost)]),
  ].join(' · ');
  const isLeftOver = run.server !== undefined && run.server.goneAt === undefined;
  return isLeftOver ? `${line}\n⚠ ${serverState(run, zone)}` : line;
}

function failedMessage(
  run: BackupRun,
  failure: NonNullable<BackupRun['failure']>,
  { zone, now, summary }: Circumstances,
): string {
  const { sentence, action } = describeAlert({ kind: 'backup_failed', run }, zone);
  return [
    `✗ ${sentence}`,
    `Since ${describeInstant(failure.at, zone)} · \`${failure.reason}\` · ${quoted(failure.detail)}`,
    `Safe: ${safety(summary, zone, now)}. ${serverState(run, zone)}`,
    `Next: ${action} ${retryWords(failure.reason)}`,
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

function serverState({ server }: BackupRun, zone: TimeZone): string {
  if (server === undefined) return 'No server was started.';
  return server.goneAt === undefined
    ? `The server ${server.name} (${server.id}) is still there and is being deleted.`
    : `The server is gone since ${describeInstant(server.goneAt, zone)}.`;
}

const retryWords = (reason: NonNullable<BackupRun['failure']>['reason']): string =>
  FAILURE_CATALOGUE[reason].mayRetry
    ? 'It is tried again by itself, at most twice a day.'
    : 'It is not tried again by itself: start a run by hand when it is mended.';

/** A detail comes from the server: shown as code, so that nothing in it calls anybody or becomes a link. */
const quoted = (detail: string): string => `\`${detail.replaceAll('`', '’').replaceAll(/\s+/gu, ' ')}\``;
