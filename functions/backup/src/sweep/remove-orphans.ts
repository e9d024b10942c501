import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import type { Server } from '../ports.ts';
import { RUN_MS_MAX } from '../run/deadlines.ts';
import { type RunStoreError, readRuns } from '../run/run-store.ts';
import { isEnded } from '../run/transitions.ts';
import { ORPHAN_GRACE_MS, ORPHANS_PER_SWEEP_MAX } from './limits.ts';

/** Deletes backup servers that no living run answers for. */
export async function removeOrphans(
  ports: BackupPorts,
  servers: readonly Server[],
): Promise<Result<void, RunStoreError>> {
  const standing = servers.filter(({ status }) => status !== 'deleting');
  const runIds = [...new Set(standing.flatMap(({ runId }) => (runId === undefined ? [] : [runId])))];
  if (standing.length === 0) return ok(undefined);
  // Read after the servers were listed: a run that has begun meanwhile is known, and so is its server.
  const known = await readRuns(ports.store, runIds);
  if (!known.ok) return known;
  const runs = new Map<RunId, BackupRun>();
  for (const run of known.value.runs) if (run.ok && run.value !== undefined) runs.set(run.value.runId, run.value);
  const orphans = standing.filter(server => isOrphan(server, runs, ports.now()));
  let undone: RunStoreError | undefined;
  for (const orphan of orphans.slice(0, ORPHANS_PER_SWEEP_MAX)) undone = (await remove(ports, orphan)) ?? undone;
  return undone === undefined ? ok(undefined) : err(undone);
}

/**
 * No living run answers for it; and it is not so new that its run may still be about to hear of it, nor has that run
 * only just ended, after the list was made. What belongs to no run, as the servers that the image is made on, says
 * itself until when it is needed, and gets no longer than a run. Pure.
 */
export function isOrphan(server: Server, runs: ReadonlyMap<RunId, BackupRun>, now: Date): boolean {
  const run = server.runId === undefined ? undefined : runs.get(server.runId);
  // Whoever lives deletes its own server, by name, at its own deadline.
  if (run !== undefined && !isEnded(run) && (run.server === undefined || run.server.id === server.id)) return false;
  const createdAtMs = Date.parse(server.createdAt);
  const since = Math.max(createdAtMs, Date.parse(run?.endedAt ?? server.createdAt));
  const saidMs = server.runId === undefined ? (server.expires?.getTime() ?? 0) : 0;
  const neededUntilMs = Math.min(saidMs, createdAtMs + RUN_MS_MAX);
  return now.getTime() >= Math.max(since + ORPHAN_GRACE_MS, neededUntilMs);
}

async function remove({ servers, telling, log }: BackupPorts, orphan: Server): Promise<RunStoreError | undefined> {
  const { id: serverId, name } = orphan;
  const deleted = await servers.delete(serverId);
  if (deleted.ok) {
    log.warn('orphan.deleted', { serverId, name, runId: orphan.runId });
    await telling.alert({ kind: 'server_orphaned', serverId, name }, `server_orphaned:${serverId}`);
    return undefined;
  }
  const detail = `${deleted.error.kind}: ${deleted.error.detail}`;
  log.warn('orphan.not_deleted', { serverId, name, detail });
  if (deleted.error.kind === 'unavailable') return { kind: 'unavailable', detail };
  await telling.alert({ kind: 'server_undeletable', serverId, name, detail }, `server_undeletable:${serverId}`);
  return undefined;
}
