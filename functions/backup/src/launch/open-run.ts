import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { BackupPorts } from '../backup-ports.ts';
import { planRun } from '../run/plan-run.ts';
import { retryIds } from '../run/retries.ts';
import { addRun, type RunStoreError, readRun, readRuns } from '../run/run-store.ts';
import { oneTimeToken, tokenHash } from './one-time-token.ts';

/**
 * Makes the run of a night, unless there is one or another run lives. Any number of calls at once make one: the run and
 * the note that it lives are one commit that only one of them wins.
 */
export interface OpenedRun {
  readonly run: BackupRun;
  /** This call made it. */
  readonly isNew: boolean;
}

export type OpenError = RunStoreError | { readonly kind: 'too_many_runs'; readonly detail: string };

/** More in one day is somebody's script gone wrong. */
const MANUAL_RUNS_MAX = 20;

/** Who loses the race finds the winner's run at the next look. */
const ATTEMPTS_MAX = 5;

type StorePorts = Pick<BackupPorts, 'store' | 'settings' | 'now' | 'log'>;

export async function openRun(
  ports: StorePorts,
  order: { readonly day: LocalDate; readonly trigger: BackupRun['trigger'] },
): Promise<Result<OpenedRun, OpenError>> {
  const { store, settings, now, log } = ports;
  const { day, trigger } = order;
  const ids = idsFor(day, trigger);
  for (let attempt = 1; attempt <= ATTEMPTS_MAX; attempt += 1) {
    const read = await readRuns(store, ids);
    if (!read.ok) return read;
    const { active, runs } = read.value;
    const isNightly = trigger.kind === 'schedule' || trigger.kind === 'missed';
    const [ofTheNight] = runs;
    if (isNightly && ofTheNight !== undefined) {
      if (!ofTheNight.ok) return ofTheNight;
      if (ofTheNight.value !== undefined) return ok({ run: ofTheNight.value, isNew: false });
    }
    if (active.value.runId !== undefined) return liveRun(ports, active.value.runId);
    const runId = ids[runs.findIndex(run => run.ok && run.value === undefined)];
    if (runId === undefined)
      return err({ kind: 'too_many_runs', detail: `${ids.length} ${trigger.kind} runs on ${day}` });
    const createdAt = now();
    const token = oneTimeToken(settings.oneTimeTokenKey, { runId, createdAt: createdAt.toISOString() });
    const run = planRun({ runId, day, zone: settings.zone, trigger, tokenHash: tokenHash(token), now: createdAt });
    const added = await addRun(store, run, active);
    if (!added.ok) return added;
    if (!added.value) continue;
    log.info('run.planned', { runId, trigger: trigger.kind, types: run.types.join() });
    return ok({ run, isNew: true });
  }
  return err({ kind: 'unavailable', detail: `others kept planning runs of ${day}` });
}

function idsFor(day: LocalDate, trigger: BackupRun['trigger']): RunId[] {
  switch (trigger.kind) {
    case 'schedule':
    case 'missed':
      return [RunId.parse(day)];
    case 'retry':
      return retryIds(day);
    case 'manual':
      return Array.from({ length: MANUAL_RUNS_MAX }, (_, index) => RunId.parse(`${day}-manual-${index + 1}`));
  }
}

async function liveRun({ store }: StorePorts, runId: RunId): Promise<Result<OpenedRun, OpenError>> {
  const live = await readRun(store, runId);
  if (!live.ok) return live;
  return live.value === undefined
    ? err({ kind: 'unreadable', detail: `the living run ${runId} has no document` })
    : ok({ run: live.value, isNew: false });
}
