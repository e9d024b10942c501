import type { ActiveRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { lastDue } from '../run/calendar.ts';
import { changeActive, type RunStoreError } from '../run/run-store.ts';

/** A living run that nobody can read holds up every other one: it is left behind, its server is an orphan. */
export async function releaseRun(ports: BackupPorts, runId: RunId): Promise<Result<void, RunStoreError>> {
  await tellUnreadable(ports, runId);
  const released = await changeActive(ports.store, active => without(active, runId));
  return released.ok ? ok(undefined) : released;
}

/** How it ended, or whether it will, nobody can say. */
export async function tellUnreadable(ports: BackupPorts, runId: RunId): Promise<void> {
  const { log, telling, settings, now } = ports;
  log.error('run.unreadable', { runId });
  const { day, at } = lastDue(settings, now());
  const cause = { kind: 'unreadable', runId } as const;
  const key = `backup_missed:unreadable:${runId}`;
  await telling.alert({ kind: 'backup_missed', day, dueAt: at.toISOString(), cause }, key);
}

function without(active: ActiveRun, runId: RunId): ActiveRun {
  if (active.runId !== runId) return active;
  const { runId: _gone, ...rest } = active;
  return rest;
}
