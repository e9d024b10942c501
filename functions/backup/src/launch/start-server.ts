import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { type ChangeError, failRun } from '../end-run/end-run.ts';
import { CREATION_RETRY_MS } from '../run/deadlines.ts';
import { changeRun } from '../run/run-store.ts';
import { type RunEvent, transition } from '../run/transitions.ts';
import { type Obtained, obtainServer } from './obtain-server.ts';

/**
 * Brings a planned run as far as it can: to `booting`, back to `planned` until later, or to its failure. Whoever holds
 * the lease (`creation.nextAttemptAt`) orders; a call that comes meanwhile changes nothing. Safe to be cut anywhere.
 */
export async function startServer(ports: BackupPorts, runId: RunId): Promise<Result<BackupRun, ChangeError>> {
  let isOurs = false;
  const claimed = await changeRun(ports.store, runId, run => {
    isOurs = isToBeStarted(run, ports.now());
    return isOurs ? transition(run, { kind: 'creation_started' }, ports.now()) : ok(run);
  });
  if (!claimed.ok || !isOurs) return claimed;
  const obtained = await obtainServer(ports, claimed.value);
  switch (obtained.kind) {
    case 'server':
      return keepServer(ports, runId, obtained);
    case 'later':
      return waitForServer(ports, claimed.value, obtained);
    case 'never': {
      const { reason, detail, outdated } = obtained;
      if (reason === 'runner_outdated') {
        await ports.telling.alert({ kind: 'runner_outdated', version: outdated }, `runner_outdated:${runId}`);
      }
      return failRun(ports, runId, reason, detail);
    }
  }
}

/** The first order, or one that nobody is busy with any more. */
export function isToBeStarted({ state, creation }: BackupRun, now: Date): boolean {
  if (state !== 'planned' && state !== 'creating') return false;
  return creation.nextAttemptAt === undefined || creation.nextAttemptAt <= now.toISOString();
}

async function keepServer(
  ports: BackupPorts,
  runId: RunId,
  { server, expires }: Extract<Obtained, { kind: 'server' }>,
): Promise<Result<BackupRun, ChangeError>> {
  const event: RunEvent = { kind: 'server_created', server, expires };
  const booting = await changeRun(ports.store, runId, run => {
    // Another call, which took over from us, has adopted it.
    if (run.server?.id === server.id) return ok(run);
    return transition(run, event, ports.now());
  });
  if (booting.ok) {
    ports.log.info('server.created', { runId, serverId: server.id, type: server.type, location: server.location });
  } else if (booting.error.kind === 'not_allowed') {
    // The run was given up while the order was on its way: nobody waits for this server any more.
    const deleted = await ports.servers.delete(server.id);
    ports.log.warn('server.came_too_late', { runId, serverId: server.id, deleted: deleted.ok });
  }
  return booting;
}

/** From the third failure on (ten minutes) it is not a moment's trouble. */
const QUIET_ATTEMPTS_MAX = 2;

async function waitForServer(
  ports: BackupPorts,
  { runId, creation }: BackupRun,
  { reason, detail, retryAfterMs = 0 }: Extract<Obtained, { kind: 'later' }>,
): Promise<Result<BackupRun, ChangeError>> {
  const waiting = await changeRun(ports.store, runId, run => {
    const nextAttemptAt = new Date(ports.now().getTime() + Math.max(CREATION_RETRY_MS, retryAfterMs));
    return transition(run, { kind: 'creation_postponed', reason, detail, nextAttemptAt }, ports.now());
  });
  ports.log.warn('launch.postponed', { runId, reason, detail });
  if (reason === 'no_capacity' || creation.attempts > QUIET_ATTEMPTS_MAX) {
    await ports.telling.alert({ kind: 'launch_waiting', runId, problem: detail }, `launch_waiting:${runId}`);
  }
  return waiting;
}
