import { compareNewestFirst, readSnapshotTime, type SnapshotTime } from './snapshot-time.ts';

/**
 * Which snapshots are kept: the same answer as restic's own
 * `forget --group-by host,paths --keep-daily … --keep-weekly … --keep-monthly …`, as data, so that it can be shown,
 * tested and compared before anything is deleted. Pure.
 */
export interface RetainableSnapshot {
  readonly id: string;
  /** As restic wrote it, with its own offset. */
  readonly time: string;
  readonly host: string;
  readonly paths: readonly string[];
}

/** How many days, ISO weeks and months that have a snapshot keep their last one. */
export interface RetentionQuotas {
  readonly keepDaily: number;
  readonly keepWeekly: number;
  readonly keepMonthly: number;
}

/** In restic's words. `oldest`: not the last of its period, but the group's first, and the quota is not used up yet. */
export type KeepReason = `${'' | 'oldest '}${RetentionRule} snapshot`;
export type RetentionRule = 'daily' | 'weekly' | 'monthly';

export type RetentionDecision<S extends RetainableSnapshot = RetainableSnapshot> =
  | { readonly kind: 'keep'; readonly snapshot: S; readonly reasons: readonly KeepReason[] }
  | { readonly kind: 'remove'; readonly snapshot: S };

/**
 * One decision for each snapshot, newest first within its group of the same host and paths. Snapshots of the very same
 * instant are taken in the order of their ids (restic takes them in the order in which it happened to load them). Where
 * all quotas are 0 restic refuses to work; here everything is kept, without a reason. Throws RangeError for a time that
 * restic cannot have written.
 */
export function decideRetention<S extends RetainableSnapshot>(
  snapshots: readonly S[],
  quotas: RetentionQuotas,
): readonly RetentionDecision<S>[] {
  const groups = Map.groupBy(snapshots, retentionGroup);
  return [...groups.values()].flatMap(group => decideGroup(group, quotas));
}

/** Snapshots with the same text here are retained together. The order of the paths does not matter to restic. */
export function retentionGroup({ host, paths }: RetainableSnapshot): string {
  return JSON.stringify([host, ...paths.toSorted()]);
}

function decideGroup<S extends RetainableSnapshot>(
  group: readonly S[],
  quotas: RetentionQuotas,
): readonly RetentionDecision<S>[] {
  const rules = [
    openRule('daily', quotas.keepDaily, time => time.day),
    openRule('weekly', quotas.keepWeekly, time => time.week),
    openRule('monthly', quotas.keepMonthly, time => time.month),
  ].filter(({ left }) => left > 0);
  return group
    .map(snapshot => ({ snapshot, time: readSnapshotTime(snapshot.time) }))
    .toSorted((one, other) => compareNewestFirst(one.time, other.time) || compareIds(one.snapshot, other.snapshot))
    .map(({ snapshot, time }, place) => {
      const oldest = place === group.length - 1;
      const reasons = rules.flatMap(rule => claim(rule, time, oldest));
      const keep = reasons.length > 0 || rules.length === 0;
      return keep ? { kind: 'keep', snapshot, reasons } : { kind: 'remove', snapshot };
    });
}

interface OpenRule {
  readonly rule: RetentionRule;
  readonly periodOf: (time: SnapshotTime) => string;
  left: number;
  /** Of the snapshot that was last kept by this rule: only the neighbour counts, also where offsets make time jump. */
  period: string | undefined;
}

function openRule(rule: RetentionRule, quota: number, periodOf: OpenRule['periodOf']): OpenRule {
  return { rule, periodOf, left: quota, period: undefined };
}

/** Spends one of the rule's quota on this snapshot, if it is the last of its period or the oldest of all. */
function claim(open: OpenRule, time: SnapshotTime, oldest: boolean): readonly KeepReason[] {
  if (open.left === 0) return [];
  const period = open.periodOf(time);
  const lastOfPeriod = period !== open.period;
  if (!lastOfPeriod && !oldest) return [];
  open.left -= 1;
  open.period = period;
  return [lastOfPeriod ? `${open.rule} snapshot` : `oldest ${open.rule} snapshot`];
}

const compareIds = (one: RetainableSnapshot, other: RetainableSnapshot): number => (one.id < other.id ? -1 : 1);
