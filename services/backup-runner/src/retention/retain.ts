import { type RunRetention, retainCompleteRuns } from '@innkeeper/shared/domain/retain-complete-runs';
import type { RetentionQuotas } from '@innkeeper/shared/domain/retention';
import { err, ok } from '@innkeeper/shared/result/result';
import type { Restic } from '../restic/restic.ts';
import type { StepResult } from '../run/step.ts';
import type { OutcomeOf, Retain } from '../run/steps.ts';
import { chooseRemovals } from './choose-removals.ts';
import { differenceFromRestic } from './compare-with-restic.ts';
import { completeRuns } from './complete-runs.ts';

/**
 * The step `retaining`: decides by the policy what goes (nothing of a complete run in favour of a broken one), lets
 * restic decide the same independently, removes by id only what both agree on and `chooseRemovals` lets go, looks
 * whether exactly that is gone, and prunes when the order says so. Nothing is deleted on `retention_disagrees`;
 * `retention_incomplete` when the repository does not hold what it must before or after.
 */
export const retain: Retain = async (context, askForCredential) => {
  const access = await askForCredential();
  if (!access.ok) return access;
  const { policy, minimumAgeSeconds } = access.value.reply;
  const { restic } = access.value;

  const before = await restic.snapshots();
  if (!before.ok) return before;
  const { runIds, incomplete } = completeRuns(before.value);
  const retention = retainCompleteRuns(before.value, policy, incomplete);
  const agreed = await agreeWithRestic(restic, { policy, retention, runIds, hasIncomplete: incomplete.size > 0 });
  if (!agreed.ok) return agreed;

  const { runId } = context.order;
  const chosen = chooseRemovals({ decisions: retention.decisions, runId, now: context.now(), minimumAgeSeconds });
  if (!chosen.ok) return err({ reason: 'retention_incomplete', detail: REFUSALS[chosen.error] });
  const removed = new Set(chosen.value.remove.map(({ id }) => id));
  const kept = before.value.map(({ id }) => id).filter(id => !removed.has(id));
  if (removed.size > 0) {
    const forgotten = await forgetExactly(restic, removed, kept);
    if (!forgotten.ok) return forgotten;
  }

  const { deferred } = chosen.value;
  const outcome: OutcomeOf<'retaining'> = { step: 'retaining', kept: kept.length, removed: [...removed], deferred };
  if (!context.order.work.prune) return ok(outcome);
  const pruned = await restic.prune();
  return pruned.ok ? ok({ ...outcome, pruned: pruned.value }) : pruned;
};

/** restic's own opinion: on everything, and where that is something else, on the complete runs alone. */
async function agreeWithRestic(restic: Restic, decided: Decided): StepResult<void> {
  const { policy, retention, runIds, hasIncomplete } = decided;
  const questions = [
    { decisions: retention.all },
    ...(hasIncomplete && runIds.length > 0 ? [{ decisions: retention.complete, runIds }] : []),
  ];
  for (const { decisions, ...among } of questions) {
    const preview = await restic.forgetPreview(policy, among);
    if (!preview.ok) return preview;
    const difference = differenceFromRestic(decisions, preview.value);
    if (difference !== undefined) return err({ reason: 'retention_disagrees', detail: difference });
  }
  return ok(undefined);
}

interface Decided {
  readonly policy: RetentionQuotas;
  readonly retention: RunRetention;
  /** Of the complete runs. */
  readonly runIds: readonly string[];
  readonly hasIncomplete: boolean;
}

async function forgetExactly(restic: Restic, removed: ReadonlySet<string>, kept: readonly string[]): StepResult<void> {
  const forgotten = await restic.forget([...removed]);
  if (!forgotten.ok) return forgotten;
  const after = await restic.snapshots();
  if (!after.ok) return after;
  const left = new Set(after.value.map(({ id }) => id));
  const stayed = [...removed].filter(id => left.has(id)).length;
  const lost = kept.filter(id => !left.has(id)).length;
  if (stayed + lost === 0) return ok(undefined);
  return err({
    reason: 'retention_incomplete',
    detail: `${stayed} of ${removed.size} snapshots were not removed, ${lost} that are kept are gone`,
  });
}

const REFUSALS = {
  own_snapshots_missing: "the list of snapshots lacks this run's own: nothing was removed",
  dated_ahead: 'a snapshot claims a time in the future: nothing was removed',
} as const;
