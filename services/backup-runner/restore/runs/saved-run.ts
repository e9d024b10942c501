import { RunId } from '@innkeeper/shared/contracts/backup/run-id';
import { BackupSource } from '@innkeeper/shared/contracts/backup/steps';
import { err, ok, type Result } from '@innkeeper/shared/result/result';
import type { ResticSnapshot } from '../../src/restic/restic.ts';

/** The snapshots of one run. Complete: one of every source. */
export interface SavedRun {
  readonly runId: RunId;
  /** Start of its first snapshot: whatever was erased later has to be erased again. */
  readonly takenAt: Date;
  readonly snapshots: Readonly<Partial<Record<BackupSource, ResticSnapshot>>>;
  readonly missing: readonly BackupSource[];
}

/** Groups by the tags `run=` and `source=`, newest first. Snapshots without both are somebody else's. Pure. */
export function groupRuns(snapshots: readonly ResticSnapshot[]): readonly SavedRun[] {
  const bySource = snapshots.flatMap(snapshot => {
    const runId = RunId.safeParse(tagOf(snapshot, 'run'));
    const source = BackupSource.safeParse(tagOf(snapshot, 'source'));
    return runId.success && source.success ? [{ runId: runId.data, source: source.data, snapshot }] : [];
  });
  return [...Map.groupBy(bySource, ({ runId }) => runId)]
    .map(([runId, found]): SavedRun => {
      // Of a source taken twice in one run the later one counts: the first belongs to a step that was repeated.
      const inOrder = found.toSorted((one, other) => instantOf(one.snapshot) - instantOf(other.snapshot));
      const held = Object.fromEntries(inOrder.map(({ source, snapshot }) => [source, snapshot]));
      return {
        runId,
        takenAt: new Date(Math.min(...inOrder.map(({ snapshot }) => instantOf(snapshot)))),
        snapshots: held,
        missing: BackupSource.options.filter(source => held[source] === undefined),
      };
    })
    .toSorted((one, other) => other.takenAt.getTime() - one.takenAt.getTime());
}

/** A sentence when there is no such run. `latest` is the newest complete one. */
export function chooseRun(runs: readonly SavedRun[], name: string): Result<SavedRun, string> {
  if (runs.length === 0) return err('The repository holds no run at all.');
  if (name === 'latest') {
    const newest = runs.find(({ missing }) => missing.length === 0);
    return newest === undefined ? err('No run is complete: name one by its id. See: pnpm restore list') : ok(newest);
  }
  const run = runs.find(({ runId }) => runId === name);
  if (run !== undefined) return ok(run);
  const near = runs.slice(0, 3).map(({ runId }) => runId);
  return err(`There is no run ${name}. The newest are ${near.join(', ')}. See: pnpm restore list`);
}

export const instantOf = ({ time }: Pick<ResticSnapshot, 'time'>): number => Date.parse(time);

const tagOf = ({ tags }: ResticSnapshot, name: string): string | undefined =>
  tags.find(tag => tag.startsWith(`${name}=`))?.slice(name.length + 1);
