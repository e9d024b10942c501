import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { type ChangeError, endRun, failRun } from '../end-run/end-run.ts';
import { startServer } from '../launch/start-server.ts';
import type { Server } from '../ports.ts';
import { judgeLiveRun } from './judge-live-run.ts';

/** Takes a living run over wherever it stands still: starts it, gives it up, or brings it to its end. */
export async function sweepLiveRun(
  ports: BackupPorts,
  run: BackupRun,
  servers: readonly Server[] | undefined,
): Promise<Result<void, ChangeError>> {
  const need = judgeLiveRun(run, servers, ports.now());
  switch (need.kind) {
    case 'nothing':
      return ok(undefined);
    case 'start':
      return settled(await startServer(ports, run.runId));
    case 'end':
      return settled(await endRun(ports, run.runId));
    case 'fail':
      return settled(await failRun(ports, run.runId, need.reason, need.detail));
  }
}

/** That the run has moved on meanwhile is what the sweep wants. */
function settled(changed: Result<BackupRun, ChangeError>): Result<void, ChangeError> {
  return changed.ok || changed.error.kind === 'not_allowed' ? ok(undefined) : err(changed.error);
}
