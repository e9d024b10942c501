import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { BeginReply } from '@innkeeper/shared/contracts/backup/exchange';
import { RUNNER_PROTOCOL } from '@innkeeper/shared/contracts/backup/run-id';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { checkSubset, isDeep } from '../run/calendar.ts';
import { takenSnapshots } from '../run/outcomes.ts';
import { type RunStoreError, readRun, readRuns } from '../run/run-store.ts';
import { vaultAccess } from './vault-access.ts';

/** Everything the server needs for the night. Reads what is known of earlier runs; its parts are secrets. */

/** Four sources, and as many again for a step that is done twice. */
const SNAPSHOTS_MAX = 8;
/** One file in a hundred: a broken pack is met within days, and a night stays short. */
const SAMPLE_SHARE = 0.01;

export async function beginReply(ports: BackupPorts, run: BackupRun): Promise<Result<BeginReply, RunStoreError>> {
  const { settings } = ports;
  const previous = await previousSizes(ports);
  if (!previous.ok) return previous;
  const firestoreBackup = await newestDatabaseBackup(ports, run);
  const deep = isDeep(run.types);
  return ok({
    v: 1,
    protocol: RUNNER_PROTOCOL,
    runId: run.runId,
    reportUrl: settings.reportUrl,
    deadline: run.runDeadline,
    zone: run.zone,
    types: run.types,
    vault: await vaultAccess(ports, {
      runId: run.runId,
      scope: 'append',
      // A repeated reply gets the same window.
      from: new Date(run.credential.boundAt ?? run.stateSince),
      until: new Date(run.runDeadline),
      snapshotsMax: SNAPSHOTS_MAX,
    }),
    resticPassword: settings.resticPassword.reveal(),
    mongodb: { uri: settings.mongodbUri.reveal() },
    postgres: { uri: settings.postgresUri.reveal() },
    filer: { addresses: [...settings.filer.addresses], paths: [...settings.filer.paths] },
    configuration: Object.fromEntries(
      Object.entries(settings.swarmConfiguration).map(([name, text]) => [name, text.reveal()]),
    ),
    ...(firestoreBackup === undefined ? {} : { firestoreBackup }),
    ...(previous.value === undefined ? {} : { previous: previous.value }),
    acceptSmaller: run.trigger.kind === 'manual' && run.trigger.acceptSmaller,
    work: {
      ...(deep ? { checkSubset: checkSubset(run.day) } : {}),
      sampleShare: SAMPLE_SHARE,
      drill: deep,
      prune: run.types.includes('monthly'),
    },
  });
}

/** Of the last good run. One whose document is lost leaves nothing to compare with, which is better than no backup. */
async function previousSizes({ store, log }: BackupPorts): Promise<Result<BeginReply['previous'], RunStoreError>> {
  const status = await readRuns(store, []);
  if (!status.ok) return status;
  const { lastGood } = status.value.active.value;
  if (lastGood === undefined) return ok(undefined);
  const run = await readRun(store, lastGood.runId);
  if (!run.ok && run.error.kind !== 'unreadable') return run;
  if (!run.ok || run.value === undefined) {
    log.warn('previous_sizes.unknown', { runId: lastGood.runId });
    return ok(undefined);
  }
  const snapshots = takenSnapshots(run.value);
  return ok({
    bytes: Object.fromEntries(snapshots.map(({ source, totalBytes }) => [source, totalBytes])),
    files: Object.fromEntries(snapshots.map(({ source, totalFiles }) => [source, totalFiles])),
  });
}

/** Only a reference: without it the backup is as good. */
async function newestDatabaseBackup(
  { databaseBackups, log }: BackupPorts,
  { runId }: BackupRun,
): Promise<BeginReply['firestoreBackup']> {
  const newest = await databaseBackups.newest();
  if (newest.ok) return newest.value;
  log.warn('database_backup.unknown', { runId, reason: newest.error.kind, detail: newest.error.detail });
  return undefined;
}
