import { ActiveRun, BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import { openOpsDocuments } from '../supervisor/ops-documents.ts';
import type { StackFile } from '../supervisor/stack-file.ts';

/** The nightly backup in three facts, from the documents its functions keep. */
export interface BackupStatus {
  /** The run at work. */
  readonly live?: { readonly runId: string; readonly state: string; readonly percent?: number };
  readonly last: BackupSummary['lastRun'];
  readonly lastGood: BackupSummary['lastGood'];
}

/** `undefined` when the documents cannot be read. */
export async function readBackupStatus(stack: StackFile): Promise<BackupStatus | undefined> {
  const store = openOpsDocuments(stack);
  const read = await store.getAll(['backupStatus/current', 'backupStatus/summary']);
  if (!read.ok) return undefined;
  const [current, summary] = read.value;
  const { runId } = ActiveRun.safeParse(current?.fields).data ?? {};
  const { lastRun, lastGood } = BackupSummary.safeParse(summary?.fields).data ?? {};
  const running = runId === undefined ? undefined : await store.getAll([`backups/${runId}`]);
  const live = BackupRun.safeParse(running?.ok === true ? running.value[0]?.fields : undefined).data;
  return {
    ...(live === undefined
      ? {}
      : { live: { runId: live.runId, state: live.state, ...(live.progress && { percent: live.progress.percent }) } }),
    last: lastRun,
    lastGood,
  };
}

export function backupInWords(status: BackupStatus | undefined): string {
  if (status === undefined) return 'backups cannot be read';
  const { live, last, lastGood } = status;
  if (live !== undefined) {
    return `backup ${live.runId}: ${live.state.replaceAll('_', ' ')}${live.percent === undefined ? '' : `, ${Math.round(live.percent)} %`}`;
  }
  if (last === undefined) return 'no backup yet';
  const ended = `last backup ${last.runId}: ${last.state}${last.reason === undefined ? '' : ` (${last.reason})`}`;
  return last.runId === lastGood?.runId || lastGood === undefined ? ended : `${ended}; last good ${lastGood.runId}`;
}
