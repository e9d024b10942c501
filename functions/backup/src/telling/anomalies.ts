import type { BackupRun } from '@innkeeper/shared/contracts/backup/backup-run';
import type { TakenSnapshot } from '@innkeeper/shared/contracts/backup/steps';
import { takenSnapshots } from '../run/outcomes.ts';

/** A source that suddenly is much larger or smaller than it used to be. Pure. */
export type Anomaly = BackupRun['anomalies'][number];

/** A week: long enough that one odd night does not move the median, short enough to follow growth. */
export const HISTORY_RUNS = 7;
/** With less than three there is no usual. */
const HISTORY_RUNS_MIN = 3;
/** Half as much again, or half of it gone. */
const SHARE_MAX = 0.5;

/**
 * `history`: good runs before this one, newest first; the last seven count. Each source is compared by bytes and by
 * files with the median of the runs that had it.
 */
export function findAnomalies(
  run: Pick<BackupRun, 'outcomes'>,
  history: readonly Pick<BackupRun, 'outcomes'>[],
): Anomaly[] {
  const before = history.slice(0, HISTORY_RUNS).map(takenSnapshots);
  return takenSnapshots(run).flatMap(snapshot =>
    MEASURES.flatMap(({ measure, of }) => {
      const values = before.flatMap(snapshots => snapshots.filter(({ source }) => source === snapshot.source)).map(of);
      if (values.length < HISTORY_RUNS_MIN) return [];
      const median = medianOf(values);
      const value = of(snapshot);
      const isOdd = Math.abs(value - median) > median * SHARE_MAX;
      return isOdd ? [{ source: snapshot.source, measure, value, median }] : [];
    }),
  );
}

const MEASURES = [
  { measure: 'bytes', of: ({ totalBytes }: TakenSnapshot) => totalBytes },
  { measure: 'files', of: ({ totalFiles }: TakenSnapshot) => totalFiles },
] as const;

/** Of at least one value; between the two middle ones when there are two. */
function medianOf(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? 0;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
  return (lower + upper) / 2;
}
