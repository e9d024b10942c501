import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { serverName } from '@innkeeper/shared/contracts/backup/run-id';
import type { BackupPorts } from '../backup-ports.ts';
import type { CloudError, Server } from '../ports.ts';

/**
 * Deletes whatever server a run has, known or not: an order whose reply was lost has made one under the run's name.
 * Safe to repeat. I/O only at the cloud.
 */
export type Removed =
  | { readonly kind: 'gone' }
  /** On its way, or the cloud does not answer: look again later. */
  | { readonly kind: 'pending'; readonly detail: string }
  /** Not before a person has done something. */
  | { readonly kind: 'undeletable'; readonly server: Pick<Server, 'id' | 'name'>; readonly detail: string };

export async function removeServer(
  { servers, log }: Pick<BackupPorts, 'servers' | 'log'>,
  run: BackupRun,
): Promise<Removed> {
  // Nobody has ever ordered one.
  if (run.creation.attempts === 0) return { kind: 'gone' };
  const name = serverName(run.runId);
  const isOurs = ({ id, runId }: Server): boolean => id === run.server?.id || runId === run.runId;
  const found = await servers.list(name);
  // Who may not even list servers has not ordered one either.
  if (!found.ok && found.error.kind === 'denied' && run.server === undefined) return { kind: 'gone' };
  if (!found.ok) return notRemoved(run, found.error);
  const listed = found.value.filter(isOurs);
  // One that has lost its label is on no list, and may still be there.
  const isListed = listed.some(({ id }) => id === run.server?.id);
  const unlisted = run.server === undefined || isListed ? [] : [run.server];
  for (const server of [...listed.filter(({ status }) => status !== 'deleting'), ...unlisted]) {
    const deleted = await servers.delete(server.id);
    if (!deleted.ok) return notRemoved(run, deleted.error, server);
    log.info('server.deleted', { runId: run.runId, serverId: server.id, outcome: deleted.value });
  }
  // An accepted deletion is not a deletion yet.
  const left = await servers.list(name);
  if (!left.ok) return notRemoved(run, left.error);
  const staying = left.value.find(server => isOurs(server) && server.status !== 'deleting');
  return staying === undefined ? { kind: 'gone' } : { kind: 'pending', detail: `${name} is ${staying.status}` };
}

function notRemoved(run: BackupRun, error: CloudError, server?: Pick<Server, 'id' | 'name'>): Removed {
  const { kind } = error;
  const detail = `${kind}: ${error.detail}`;
  const known = server ?? run.server;
  const isLasting = kind === 'protected' || kind === 'denied' || kind === 'refused';
  return isLasting && known !== undefined
    ? { kind: 'undeletable', server: known, detail }
    : { kind: 'pending', detail };
}
