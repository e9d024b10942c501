import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import type { Server } from '../ports.ts';
import { readRun, readRuns } from '../run/run-store.ts';
import { UNTOLD_PER_SWEEP_MAX } from './limits.ts';
import { releaseRun } from './release-run.ts';
import { removeOrphans } from './remove-orphans.ts';
import { startRuns } from './start-runs.ts';
import { sweepLiveRun } from './sweep-live-run.ts';
import { tellAgain } from './tell-again.ts';
import { watchCloud } from './watch-cloud.ts';
import { readWatch } from './watch-memory.ts';
import { watchProofs } from './watch-proofs.ts';

/**
 * Makes everything converge, from whatever state others have left: runs that stand still, servers that nobody answers
 * for, ends that nobody heard of, nights that nobody started. Each part is on its own: one that fails stops no other.
 */
export interface SweepReply {
  /** Parts that could not be done; the next sweep tries again. */
  readonly undone: readonly string[];
}

type PartError = { readonly kind: string; readonly detail?: string };

export async function sweep(ports: BackupPorts): Promise<SweepReply> {
  const { store, log, now } = ports;
  const undone: string[] = [];

  const attempt = async <T>(part: string, work: () => Promise<Result<T, PartError>>): Promise<T | undefined> => {
    const done = await work().catch((error: unknown) => ({ ok: false, error: bugOf(error) }) as const);
    if (done.ok) return done.value;
    undone.push(part);
    log.error('sweep.part_failed', { part, reason: done.error.kind, detail: done.error.detail });
    return undefined;
  };

  const memory = await attempt('memory', () => readWatch(store, now()));
  const status = await attempt('status', () => readRuns(store, []));
  if (memory === undefined || status === undefined) return finish(ports, undone);
  const since = new Date(memory.since);
  const servers = await attempt('cloud', () => watchCloud(ports, memory));
  const { runId, untold = [] } = status.active.value;
  if (runId !== undefined) await attempt('run', () => takeOver(ports, runId, servers));
  if (servers !== undefined) await attempt('orphans', () => removeOrphans(ports, servers));
  // The newest: should older ones never be told, they keep none of these waiting.
  for (const ended of untold.slice(-UNTOLD_PER_SWEEP_MAX)) await attempt('telling', () => tellAgain(ports, ended));
  await attempt('alerts', () => ports.telling.repeatAlerts());
  await attempt('start', () => startRuns(ports, since));
  await attempt('proofs', async () => {
    const active = await readRuns(store, []);
    if (active.ok) await watchProofs(ports, active.value.active.value, since);
    return active;
  });
  return finish(ports, undone);
}

function finish({ log }: BackupPorts, undone: readonly string[]): SweepReply {
  log.info('sweep.finished', { undone: undone.join() });
  return { undone };
}

async function takeOver(
  ports: BackupPorts,
  runId: RunId,
  servers: readonly Server[] | undefined,
): Promise<Result<void, PartError>> {
  const run = await readRun(ports.store, runId);
  if (run.ok && run.value !== undefined) return sweepLiveRun(ports, run.value, servers);
  return run.ok || run.error.kind === 'unreadable' ? releaseRun(ports, runId) : run;
}

const bugOf = (error: unknown): PartError => ({
  kind: 'bug',
  detail: error instanceof Error ? `${error.name}: ${error.message}` : 'something that is no error was thrown',
});
