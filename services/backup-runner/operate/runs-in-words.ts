import { formatBytes, formatCount, formatDuration } from '@innkeeper/shared/backup/format-figures';
import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { formatInstant } from '../restore/screen/format.ts';
import { liveInWords } from './status-in-words.ts';

/** Runs for a person: one line each, or one in full. Pure. */
export function runLine(run: BackupRun, now: Date): string {
  const mark = run.state === 'done' ? '✓' : run.state === 'failed' ? '✗' : '…';
  const words =
    run.state === 'done'
      ? `${formatBytes(bytesOf(run))}, took ${tookOf(run)}`
      : run.failure === undefined
        ? liveInWords(run, now)
        : `${run.failure.reason} while ${run.failure.during}`;
  return `${mark} ${run.runId.padEnd(20)} ${run.types.at(-1)?.padEnd(8) ?? ''} ${triggerOf(run).padEnd(10)} ${words}`;
}

export function runInFull(run: BackupRun, now: Date): string {
  const { server, failure, cost } = run;
  return [
    runLine(run, now),
    `  planned ${formatInstant(new Date(run.createdAt))}` +
      (run.endedAt === undefined ? '' : `, ended ${formatInstant(new Date(run.endedAt))}`),
    ...(run.trigger.kind === 'manual' ? [`  reason: ${run.trigger.reason}`] : []),
    ...(failure === undefined ? [] : [`  failed: ${failure.reason}: ${failure.detail}`]),
    ...(server === undefined
      ? []
      : [
          `  server ${server.name} (${server.type}, ${server.location}, runner ${server.runnerVersion}), ` +
            (server.goneAt === undefined ? 'still there' : `gone ${formatInstant(new Date(server.goneAt))}`),
        ]),
    ...run.outcomes.map(
      ({ outcome, durationMs }) => `  ${outcome.step}: ${figuresOf(outcome)} (${formatDuration(durationMs)})`,
    ),
    ...(run.overheadMs === undefined ? [] : [`  beside restic and the dumps: ${formatDuration(run.overheadMs)}`]),
    ...(cost === undefined
      ? []
      : [
          `  cost ${cost.amount} ${cost.currency} (${formatCount(cost.startedHours, 'started hour', 'started hours')})`,
        ]),
    ...run.anomalies.map(
      ({ source, measure, value, median }) => `  ! ${source} has ${value} ${measure}, usually ${median}`,
    ),
  ].join('\n');
}

type Outcome = BackupRun['outcomes'][number]['outcome'];

function figuresOf(outcome: Outcome): string {
  switch (outcome.step) {
    case 'dumping':
    case 'backing_up':
      return outcome.snapshots
        .map(
          ({ source, totalBytes, snapshotId }) => `${source} ${formatBytes(totalBytes)} as ${snapshotId.slice(0, 8)}`,
        )
        .join(', ');
    case 'retaining':
      return `${outcome.kept} kept, ${outcome.removed.length} removed, ${outcome.deferred} later`;
    case 'checking':
      return outcome.subset === undefined ? 'structure' : `structure, and ${outcome.subset} of the data read`;
    case 'restoring':
      return (
        `${outcome.files} files read back, ${outcome.compared} compared` +
        (outcome.drill === undefined
          ? ''
          : `; rebuilt ${outcome.drill.mongodb.documents} documents and ${outcome.drill.keycloak.rows} rows`)
      );
  }
}

const bytesOf = ({ outcomes }: BackupRun): number =>
  outcomes
    .flatMap(({ outcome }) => ('snapshots' in outcome ? outcome.snapshots : []))
    .reduce((sum, { totalBytes }) => sum + totalBytes, 0);

/** From the server's birth, as the chat counts. */
const tookOf = ({ server, createdAt, endedAt, stateSince }: BackupRun): string =>
  formatDuration(Date.parse(endedAt ?? stateSince) - Date.parse(server?.createdAt ?? createdAt));

const triggerOf = ({ trigger }: BackupRun): string => (trigger.kind === 'retry' ? 'retry' : trigger.kind);
