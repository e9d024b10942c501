import { decideRetention, type RetainableSnapshot, type RetentionDecision, type RetentionQuotas } from './retention.ts';

/**
 * A run that ended before all of its sources were stored leaves snapshots behind, and one of them may hold only a part
 * of its source. As the last of its day, week or month it would take the place of a whole one. So the policy is applied
 * twice, to everything and to the snapshots of complete runs alone, and what either keeps stays: a broken night may
 * add, and never replaces. Pure.
 */
export interface RunRetention<S extends RetainableSnapshot = RetainableSnapshot> {
  /** The policy on everything. */
  readonly all: readonly RetentionDecision<S>[];
  /** The policy without the snapshots of incomplete runs. */
  readonly complete: readonly RetentionDecision<S>[];
  /** What counts: one for each snapshot, in the order of `all`. */
  readonly decisions: readonly RetentionDecision<S>[];
}

/** `incomplete`: ids of the snapshots whose run did not get to its last one. */
export function retainCompleteRuns<S extends RetainableSnapshot>(
  snapshots: readonly S[],
  quotas: RetentionQuotas,
  incomplete: ReadonlySet<string>,
): RunRetention<S> {
  const all = decideRetention(snapshots, quotas);
  if (incomplete.size === 0) return { all, complete: all, decisions: all };
  const complete = decideRetention(
    snapshots.filter(({ id }) => !incomplete.has(id)),
    quotas,
  );
  const kept = new Map(
    complete.filter(({ kind }) => kind === 'keep').map(decision => [decision.snapshot.id, decision]),
  );
  const decisions = all.map(decision =>
    decision.kind === 'keep' ? decision : (kept.get(decision.snapshot.id) ?? decision),
  );
  return { all, complete, decisions };
}
