import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { ok, type Result } from '@innkeeper/shared/result/result';
import * as z from 'zod';
import type { BackupPorts } from '../backup-ports.ts';
import { nightOf } from '../run/calendar.ts';
import { type OpenError, openRun } from './open-run.ts';
import { isToBeStarted, startServer } from './start-server.ts';

/** Begins the night's run, or one by hand when a reason is given. Called again, it answers with what there is. */
export const LaunchRequest = z.union([
  z.strictObject({}).transform(() => ({ kind: 'schedule' }) as const),
  z
    .strictObject({ reason: z.string().trim().min(1).max(300), acceptSmaller: z.boolean().default(false) })
    .transform(order => ({ kind: 'manual', ...order }) as const),
]);
export type LaunchRequest = z.output<typeof LaunchRequest>;

export interface LaunchReply {
  readonly runId: RunId;
  readonly state: BackupRun['state'];
  /** This call made the run. */
  readonly started: boolean;
}

export async function launch(ports: BackupPorts, request: LaunchRequest): Promise<Result<LaunchReply, OpenError>> {
  const opened = await openRun(ports, { day: nightOf(ports.settings, ports.now()), trigger: request });
  if (!opened.ok) return opened;
  const { run, isNew } = opened.value;
  const started = isToBeStarted(run, ports.now()) ? await startServer(ports, run.runId) : ok(run);
  // The run is planned and the sweep goes on from there: no trouble from here on is the caller's.
  if (!started.ok) ports.log.warn('launch.interrupted', { runId: run.runId, reason: started.error.kind });
  return ok({ runId: run.runId, state: started.ok ? started.value.state : run.state, started: isNew });
}
