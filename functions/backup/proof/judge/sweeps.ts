import type { Disturbance, SweepRecord } from '../chronicle.ts';

/** Sweeps that nothing was in the way of: what they leave undone, nobody else is to blame for. */
export interface Sweeps {
  /** When the first one ended that began at `fromMs` or later and met none of `hindrances`. */
  firstUnhinderedEnd(fromMs: number, hindrances: readonly Disturbance[]): number;
  /** When the last one ended that began before `untilMs` and met none of them. */
  lastUnhinderedEnd(untilMs: number, hindrances: readonly Disturbance[]): number;
}

/** What keeps a sweep from seeing and saying; that chat alone is away keeps it from neither. */
export const ANY_HINDRANCE: readonly Disturbance[] = [
  'images',
  'offers',
  'create',
  'list',
  'delete',
  'store_read',
  'store_commit',
  'killed',
];

export function judgedSweeps(sweeps: readonly SweepRecord[]): Sweeps {
  const byStart = sweeps.toSorted((a, b) => a.startedAtMs - b.startedAtMs);
  const isFree =
    (hindrances: readonly Disturbance[]) =>
    ({ endedAtMs, disturbedBy }: SweepRecord): boolean =>
      endedAtMs !== undefined && !hindrances.some(one => disturbedBy.has(one));

  /** Of the first one that began at `fromMs` or later. */
  const indexAt = (fromMs: number): number => {
    let low = 0;
    let high = byStart.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((byStart[middle]?.startedAtMs ?? 0) < fromMs) low = middle + 1;
      else high = middle;
    }
    return low;
  };

  return {
    firstUnhinderedEnd: (fromMs, hindrances) => {
      const index = indexAt(fromMs);
      const free = byStart.slice(index, index + SWEEPS_MAX).find(isFree(hindrances));
      return free?.endedAtMs ?? Number.POSITIVE_INFINITY;
    },
    lastUnhinderedEnd: (untilMs, hindrances) => {
      const index = indexAt(untilMs);
      const free = byStart.slice(Math.max(0, index - SWEEPS_MAX), index).findLast(isFree(hindrances));
      return free?.endedAtMs ?? Number.NEGATIVE_INFINITY;
    },
  };
}

/** Two days of them. */
const SWEEPS_MAX = 600;
