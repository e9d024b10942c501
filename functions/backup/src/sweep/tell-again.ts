import type { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { tellEnd } from '../end-run/tell-end.ts';
import { changeActive, type RunStoreError, readRun } from '../run/run-store.ts';
import { tellUnreadable } from './release-run.ts';

export type TellError = RunStoreError | { readonly kind: 'unknown_run' } | { readonly kind: 'summary_not_kept' };

/** Tells the end of a run to those who have not heard of it yet. */
export async function tellAgain(ports: BackupPorts, runId: RunId): Promise<Result<void, TellError>> {
  const run = await readRun(ports.store, runId);
  if (!run.ok && run.error.kind !== 'unreadable') return run;
  if (run.ok && run.value !== undefined) {
    const told = await tellEnd(ports, run.value);
    if (!told.ok) return told;
    // Chat and the outside watch say of each other when they cannot be reached; nobody else says this.
    return told.value.told['summary'] === undefined ? err({ kind: 'summary_not_kept' }) : ok(undefined);
  }
  await tellUnreadable(ports, runId);
  const dropped = await changeActive(ports.store, active => ({
    ...active,
    untold: (active.untold ?? []).filter(id => id !== runId),
  }));
  return dropped.ok ? ok(undefined) : dropped;
}
