import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import type { ChangeError } from '../end-run/end-run.ts';
import { type OpenError, openRun } from '../launch/open-run.ts';
import { startServer } from '../launch/start-server.ts';
import type { MissedCause } from '../ports.ts';
import { type Due, lastDue } from '../run/calendar.ts';
import { retryIds } from '../run/retries.ts';
import { readRuns } from '../run/run-store.ts';
import { chooseStart } from './choose-start.ts';

/** Starts the night's run when nobody else did, and runs again what failed and may be run again. */
export async function startRuns(ports: BackupPorts, since: Date): Promise<Result<void, ChangeError | OpenError>> {
  const { store, settings, telling, now } = ports;
  const due = lastDue(settings, now());
  const read = await readRuns(store, [RunId.parse(due.day), ...retryIds(due.day)]);
  if (!read.ok) return read;
  const runs = read.value.runs.map(run => (run.ok ? run.value : ('unreadable' as const)));
  const start = chooseStart(settings, { due, runs }, read.value.active.value, { since, now: now() });
  switch (start.kind) {
    case 'nothing':
      return ok(undefined);
    case 'missed': {
      const { day, at } = start.due;
      const cause: MissedCause =
        start.behind === undefined ? { kind: 'not_started' } : { kind: 'waits', behind: start.behind };
      // One key for both: what has waited and then begins was told already.
      await telling.alert({ kind: 'backup_missed', day, dueAt: at.toISOString(), cause }, `backup_missed:${day}`);
      return start.isToStart ? begin(ports, start.due, { kind: 'missed' }) : ok(undefined);
    }
    case 'retry':
      return begin(ports, start.due, { kind: 'retry', of: start.of.runId });
  }
}

async function begin(
  ports: BackupPorts,
  { day }: Due,
  trigger: BackupRun['trigger'],
): Promise<Result<void, ChangeError | OpenError>> {
  const opened = await openRun(ports, { day, trigger });
  if (!opened.ok || !opened.value.isNew) return opened.ok ? ok(undefined) : opened;
  const started = await startServer(ports, opened.value.run.runId);
  return started.ok || started.error.kind === 'not_allowed' ? ok(undefined) : started;
}
