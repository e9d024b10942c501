import { type RetentionDecision, retentionGroup } from '@innkeeper/shared/domain/retention';
import { readSnapshotTime } from '@innkeeper/shared/domain/snapshot-time';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { ResticSnapshot } from '../restic/restic.ts';

/**
 * What may go tonight of what the policy does not keep. The policy trusts the times that snapshots claim; a wrong clock,
 * a broken configuration or a stolen night credential can make good snapshots look superfluous. So nothing goes
 * - when this run's own snapshots are not in the list (the list is not the whole repository), or when any snapshot
 *   claims a time in the future (it would take the place of real days to come): a person has to look;
 * - in a group whose newest snapshot is not of this run: what is no longer backed up is no longer thinned out;
 * - that this run made, or that is too young for the vault.
 * And no more than a quarter of a group at once, the oldest first: nights that were missed are caught up over several,
 * while a mistake is noticed before it has taken everything. Pure.
 */
export function chooseRemovals(order: RemovalOrder): Result<ChosenRemovals, 'own_snapshots_missing' | 'dated_ahead'> {
  const { decisions, runId, now, minimumAgeSeconds } = order;
  const isOwn = ({ tags }: ResticSnapshot): boolean => tags.includes(`run=${runId}`);
  const ageSeconds = ({ time }: ResticSnapshot): number => (now.getTime() - readSnapshotTime(time).epochMs) / 1000;

  if (!decisions.some(({ snapshot }) => isOwn(snapshot))) return err('own_snapshots_missing');
  if (decisions.some(({ snapshot }) => ageSeconds(snapshot) < -CLOCK_TOLERANCE_S)) return err('dated_ahead');

  const groups = Map.groupBy(decisions, ({ snapshot }) => retentionGroup(snapshot));
  const remove = [...groups.values()].flatMap(newestFirst => {
    const [newest] = newestFirst;
    if (newest === undefined || !isOwn(newest.snapshot)) return [];
    return newestFirst
      .filter(({ kind }) => kind === 'remove')
      .map(({ snapshot }) => snapshot)
      .filter(snapshot => !isOwn(snapshot) && ageSeconds(snapshot) > minimumAgeSeconds + AGE_MARGIN_S)
      .toReversed()
      .slice(0, Math.max(1, Math.floor(newestFirst.length * REMOVED_SHARE_MAX)));
  });
  const due = decisions.filter(({ kind }) => kind === 'remove').length;
  return ok({ remove, deferred: due - remove.length });
}

export interface RemovalOrder {
  /** Newest first within each group. */
  readonly decisions: readonly RetentionDecision<ResticSnapshot>[];
  readonly runId: string;
  readonly now: Date;
  /** Younger ones the vault does not give away. */
  readonly minimumAgeSeconds: number;
}

export interface ChosenRemovals {
  readonly remove: readonly ResticSnapshot[];
  /** The policy does not keep them; another night removes them. */
  readonly deferred: number;
}

/**
 * A snapshot carries the time at which its backup began; the vault counts from when it was stored, at most a whole run
 * (six hours) later.
 */
export const AGE_MARGIN_S = 6 * 3600;

/** Clocks of two servers may differ; by more than this one of them is wrong. */
const CLOCK_TOLERANCE_S = 3600;

/** An ordinary night removes one of some twenty; whoever finds more due may have been misled. */
const REMOVED_SHARE_MAX = 1 / 4;
