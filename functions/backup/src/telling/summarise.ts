import type { BackupRun, BackupSummary } from '@innkeeper/shared/contracts/backup/backup-run';
import { finishedStep, totalsOf } from '../run/outcomes.ts';

/**
 * The summary after these runs. It only ever learns: what is newer replaces what is older, in whatever order and however
 * often runs are told, so that two who summarise at once cannot take anything back. Pure.
 */
export function summarise(
  before: BackupSummary | undefined,
  runs: readonly BackupRun[],
  { now, nextDueAt }: { readonly now: Date; readonly nextDueAt: Date },
): BackupSummary {
  const ended = runs
    .filter(hasEnded)
    .toSorted((a, b) => b.endedAt.localeCompare(a.endedAt) || b.runId.localeCompare(a.runId));
  const good = ended.find(run => run.failure === undefined);
  const retained = ended.find(run => finishedStep(run, 'retaining') !== undefined);
  const sampled = ended.find(run => finishedStep(run, 'restoring') !== undefined);
  const drilled = ended.find(run => finishedStep(run, 'restoring')?.outcome.drill !== undefined);

  const lastRun = newer(before?.lastRun, ended[0] && lastRunOf(ended[0]), ({ endedAt }) => endedAt ?? '');
  // Which retention it was is not kept, so the newer run decides.
  const knowsNewest = lastRun?.runId === ended[0]?.runId;
  const keptNow = retained && finishedStep(retained, 'retaining')?.outcome.kept;
  const kept = knowsNewest ? (keptNow ?? before?.kept) : (before?.kept ?? keptNow);
  const lastGood = newer(before?.lastGood, good && lastGoodOf(good), ({ finishedAt }) => finishedAt);
  const lastSampleAt = newer(before?.lastSampleAt, sampled?.endedAt, instant => instant);
  const drill = newer(
    before?.lastDrillAt === undefined ? undefined : { at: before.lastDrillAt, tookMs: before.recoveryMs },
    drilled && { at: drilled.endedAt, tookMs: finishedStep(drilled, 'restoring')?.durationMs },
    ({ at }) => at,
  );
  return {
    v: 1,
    updatedAt: now.toISOString(),
    nextDueAt: nextDueAt.toISOString(),
    ...(lastGood === undefined ? {} : { lastGood }),
    ...(lastRun === undefined ? {} : { lastRun }),
    ...(kept === undefined ? {} : { kept }),
    ...(lastSampleAt === undefined ? {} : { lastSampleAt }),
    ...(drill === undefined ? {} : { lastDrillAt: drill.at }),
    ...(drill?.tookMs === undefined ? {} : { recoveryMs: drill.tookMs }),
  };
}

type EndedRun = BackupRun & { readonly endedAt: string };
const hasEnded = (run: BackupRun): run is EndedRun => run.endedAt !== undefined;

/** Instants are ISO 8601 in UTC: their text has their order. */
function newer<T>(a: T | undefined, b: T | undefined, at: (value: T) => string): T | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return at(b) >= at(a) ? b : a;
}

function lastGoodOf(run: EndedRun): NonNullable<BackupSummary['lastGood']> {
  const { bytes, files, added } = totalsOf(run);
  return {
    runId: run.runId,
    finishedAt: run.endedAt,
    totalBytes: bytes,
    totalFiles: files,
    addedBytes: added,
    durationMs: Date.parse(run.endedAt) - Date.parse(run.server?.createdAt ?? run.createdAt),
  };
}

function lastRunOf({ runId, state, endedAt, failure }: EndedRun): NonNullable<BackupSummary['lastRun']> {
  return { runId, state, endedAt, ...(failure === undefined ? {} : { reason: failure.reason }) };
}
