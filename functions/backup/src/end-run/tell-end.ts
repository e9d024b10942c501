import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { END_EFFECTS } from '../ports.ts';
import { changeActive, changeRun, type RunStoreError } from '../run/run-store.ts';

/** Tells people of a run's end and notes what was told; what was not is told again by the sweep. Safe to repeat. */
export async function tellEnd(
  { store, telling, now, log }: Pick<BackupPorts, 'store' | 'telling' | 'now' | 'log'>,
  run: BackupRun,
): Promise<Result<BackupRun, RunStoreError | { readonly kind: 'unknown_run' }>> {
  const done = await telling.runEnded(run);
  const at = now().toISOString();
  const told = await changeRun(store, run.runId, stored => {
    const fresh = done.filter(effect => stored.told[effect] === undefined);
    if (fresh.length === 0) return ok(stored);
    return ok({ ...stored, told: { ...stored.told, ...Object.fromEntries(fresh.map(effect => [effect, at])) } });
  });
  if (!told.ok) return told;
  const missing = END_EFFECTS.filter(effect => told.value.told[effect] === undefined);
  if (missing.length > 0) {
    log.warn('run.not_told', { runId: run.runId, missing: missing.join() });
    return told;
  }
  const settled = await changeActive(store, active => {
    const { untold = [] } = active;
    return untold.includes(run.runId) ? { ...active, untold: untold.filter(id => id !== run.runId) } : active;
  });
  return settled.ok ? told : settled;
}
