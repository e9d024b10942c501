import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { BackupFailure } from '@innkeeper/shared/contracts/backup/failure';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { changeRun, type RunStoreError, recentRuns } from '../run/run-store.ts';
import { isEnded, type NotAllowed, transition } from '../run/transitions.ts';
import { findAnomalies, HISTORY_RUNS } from '../telling/anomalies.ts';
import { costOf } from '../telling/cost.ts';
import { removeServer } from './remove-server.ts';
import { tellEnd } from './tell-end.ts';

/**
 * From `reported` or a failure to the end: the server goes, the run ends, people hear of it. One call does all of it
 * when nothing is in the way; cut anywhere, the next call goes on from there.
 */
export type ChangeError = RunStoreError | NotAllowed | { readonly kind: 'unknown_run' };

/** Sets the failure, once, and ends the run. A run that is over already stays as it is. */
export async function failRun(
  ports: BackupPorts,
  runId: RunId,
  reason: BackupFailure,
  detail: string,
): Promise<Result<BackupRun, ChangeError>> {
  const failed = await changeRun(ports.store, runId, run =>
    transition(run, { kind: 'failed', reason, detail: detail.slice(0, DETAIL_CHARACTERS_MAX) }, ports.now()),
  );
  if (!failed.ok) return failed;
  ports.log.error('run.failed', { runId, reason, detail });
  return endRun(ports, runId);
}

/** As long as the runner's own. */
const DETAIL_CHARACTERS_MAX = 500;

export async function endRun(ports: BackupPorts, runId: RunId): Promise<Result<BackupRun, ChangeError>> {
  const { store, now } = ports;
  const deleting = await changeRun(store, runId, run =>
    run.state === 'reported' ? transition(run, { kind: 'deletion_started' }, now()) : ok(run),
  );
  if (!deleting.ok || deleting.value.state !== 'deleting') return deleting;
  const removed = await deleteServerOf(ports, deleting.value);
  if (removed === 'pending') return deleting;
  const history = await historyFor(ports, deleting.value);
  // Without its history a run is compared with nothing, which is better than that it holds up the next one.
  if (!history.ok && !isLate(deleting.value, now())) return history;
  const ended = await changeRun(store, runId, run => {
    // Two calls may end it at once: the second has nothing left to do.
    if (isEnded(run)) return ok(run);
    const at = now();
    const anomalies = run.failure === undefined && history.ok ? findAnomalies(run, history.value) : [];
    if (removed === 'left_behind') return transition(run, { kind: 'server_left_behind', anomalies }, at);
    return transition(run, { kind: 'server_gone', anomalies, cost: costOf(run, at) }, at);
  });
  if (!ended.ok) return ended;
  const { state, failure, cost } = ended.value;
  ports.log.info('run.ended', { runId, state, reason: failure?.reason, cost: cost?.amount });
  return tellEnd(ports, ended.value);
}

/** `pending`: the sweep calls again. `left_behind`: its time is over. */
async function deleteServerOf(ports: BackupPorts, run: BackupRun): Promise<'gone' | 'pending' | 'left_behind'> {
  const { telling, log, now } = ports;
  const removed = await removeServer(ports, run);
  if (removed.kind === 'gone') return 'gone';
  const { kind, detail } = removed;
  const late = isLate(run, now());
  log.warn('server.not_deleted', { runId: run.runId, reason: kind, detail, late });
  // Of a server that was never seen nothing can be said but that the cloud cannot be reached, which the sweep does.
  const server = kind === 'undeletable' ? removed.server : run.server;
  if (server !== undefined && (kind === 'undeletable' || late)) {
    const { id: serverId, name } = server;
    await telling.alert({ kind: 'server_undeletable', serverId, name, detail }, `server_undeletable:${serverId}`);
  }
  return late ? 'left_behind' : 'pending';
}

const isLate = ({ stateDeadline }: BackupRun, now: Date): boolean => stateDeadline <= now.toISOString();

/** Some have failed, or were made by hand. */
const HISTORY_READ = 4 * HISTORY_RUNS;

/** Good runs before this one, newest first; a failed run is compared with nothing. */
async function historyFor(ports: BackupPorts, run: BackupRun): Promise<Result<BackupRun[], RunStoreError>> {
  if (run.failure !== undefined) return ok([]);
  const recent = await recentRuns(ports.store, HISTORY_READ);
  return recent.ok ? ok(recent.value.filter(({ state, runId }) => state === 'done' && runId !== run.runId)) : recent;
}
