import { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import type { ResticSnapshot } from '../restic/restic.ts';

/** Which runs got to their last snapshot, and the snapshots of those that did not. */
export interface CompleteRuns {
  /** Each has a snapshot of every source. */
  readonly runIds: readonly string[];
  /** Ids of all other snapshots, also of those that belong to no run. */
  readonly incomplete: ReadonlySet<string>;
}

/**
 * A run ends at the first source that is not whole, and takes them one after the other: so a run with all of them holds
 * no partial one, and one that failed later is as good as any. Pure.
 */
export function completeRuns(snapshots: readonly Pick<ResticSnapshot, 'id' | 'tags'>[]): CompleteRuns {
  const byRun = Map.groupBy(snapshots, snapshot => tagOf(snapshot, 'run') ?? '');
  const isComplete = (runId: string): boolean => {
    const sources = new Set(byRun.get(runId)?.map(snapshot => tagOf(snapshot, 'source')));
    return runId !== '' && BackupSource.options.every(source => sources.has(source));
  };
  const runIds = [...byRun.keys()].filter(isComplete);
  const whole = new Set(runIds);
  const others = snapshots.filter(snapshot => !whole.has(tagOf(snapshot, 'run') ?? ''));
  return { runIds, incomplete: new Set(others.map(({ id }) => id)) };
}

const tagOf = ({ tags }: Pick<ResticSnapshot, 'tags'>, name: string): string | undefined =>
  tags.find(tag => tag.startsWith(`${name}=`))?.slice(name.length + 1);
