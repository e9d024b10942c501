import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { BackupFailure } from '@innkeeper/shared/contracts/backup/failure';
import { isToBeStarted } from '../launch/start-server.ts';
import type { Server } from '../ports.ts';
import { isWorking } from '../run/transitions.ts';
import { VANISHED_GRACE_MS } from './limits.ts';

/** What a living run needs of the sweep. Pure. */
export type LiveRunNeed =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'start' }
  | { readonly kind: 'end' }
  | { readonly kind: 'fail'; readonly reason: BackupFailure; readonly detail: string };

/** `servers`: those there are, or `undefined` when the cloud cannot be asked. */
export function judgeLiveRun(run: BackupRun, servers: readonly Server[] | undefined, now: Date): LiveRunNeed {
  const at = now.toISOString();
  switch (run.state) {
    case 'done':
    case 'failed':
      return { kind: 'nothing' };
    case 'reported':
    case 'deleting':
      return { kind: 'end' };
    case 'planned':
    case 'creating':
      if (run.stateDeadline <= at) return giveUp(run);
      return isToBeStarted(run, now) ? { kind: 'start' } : { kind: 'nothing' };
    case 'booting':
    case 'dumping':
    case 'backing_up':
    case 'retaining':
    case 'checking':
    case 'restoring':
      if (run.stateDeadline <= at) return giveUp(run);
      return servers === undefined ? { kind: 'nothing' } : judgeServer(run, servers, now);
  }
}

function giveUp({ state, creation, stateDeadline, lastReportAt }: BackupRun): LiveRunNeed {
  const passed = `${state} was to end by ${stateDeadline}`;
  // Waiting is no state of the server: what it waited for is the reason.
  if (state === 'planned') {
    const detail = creation.lastProblem === undefined ? passed : `${passed}; ${creation.lastProblem}`;
    return { kind: 'fail', reason: creation.waitingFor ?? 'deadline_passed', detail };
  }
  const heard = lastReportAt === undefined ? '' : `; last heard of it at ${lastReportAt}`;
  return { kind: 'fail', reason: 'deadline_passed', detail: `${passed}${heard}` };
}

function judgeServer(run: BackupRun, servers: readonly Server[], now: Date): LiveRunNeed {
  const server = servers.find(({ id }) => id === run.server?.id);
  const isNew = now.getTime() - Date.parse(run.server?.createdAt ?? run.stateSince) < VANISHED_GRACE_MS;
  if (server === undefined || server.status === 'deleting') {
    if (isNew) return { kind: 'nothing' };
    return { kind: 'fail', reason: 'server_vanished', detail: `the server is gone, while ${run.state}` };
  }
  // It powers itself off only after its last word, which it says until it is answered.
  if (server.status === 'off' && isWorking(run)) {
    return { kind: 'fail', reason: 'server_vanished', detail: `the server is off, while ${run.state}` };
  }
  return { kind: 'nothing' };
}
