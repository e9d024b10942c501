import { retainCompleteRuns } from './retain-complete-runs.ts';
import type { RetainableSnapshot, RetentionQuotas } from './retention.ts';
import { readSnapshotTime } from './snapshot-time.ts';

/**
 * The day on which each snapshot of one group goes, by id, if after the newest there is one more every day at the same
 * time by the same clock: the policy played forward, night by night. Missed nights only make it later. Whatever outlives
 * the quotas (nothing does, unless they are all 0) is absent. Pure.
 */
export function foreseeRemovals(
  newestFirst: readonly RetainableSnapshot[],
  quotas: RetentionQuotas,
  { minimumAgeSeconds = 0, now, incomplete = new Set() }: Foresight = {},
): ReadonlyMap<string, string> {
  const goesOn = new Map<string, string>();
  const [newest] = newestFirst;
  if (newest === undefined) return goesOn;
  const known = new Set(newestFirst.map(({ id }) => id));
  let left = newestFirst;
  const first = now === undefined ? 1 : Math.max(1, nightsSince(newest, now));
  const last = first + daysAhead(quotas, minimumAgeSeconds);
  for (let days = first; days <= last; days += 1) {
    const tonight = daysAfter(newest, days);
    const { epochMs: nowMs, day: today } = readSnapshotTime(tonight.time);
    const removed = retainCompleteRuns([tonight, ...left], quotas, incomplete)
      .decisions.filter(({ kind }) => kind === 'remove')
      .map(({ snapshot }) => snapshot)
      .filter(({ time }) => nowMs - readSnapshotTime(time).epochMs > minimumAgeSeconds * 1000);
    for (const { id } of removed) if (known.has(id)) goesOn.set(id, today);
    left = [tonight, ...left].filter(snapshot => !removed.includes(snapshot));
  }
  return goesOn;
}

export interface Foresight {
  /** Younger snapshots are not given away. */
  readonly minimumAgeSeconds?: number;
  /** Nights before it that brought no snapshot will not bring one any more. */
  readonly now?: Date;
  /** Ids of the snapshots whose run did not get to its last one; the nights to come will. */
  readonly incomplete?: ReadonlySet<string>;
}

const nightsSince = ({ time }: RetainableSnapshot, now: Date): number =>
  Math.ceil((now.getTime() - readSnapshotTime(time).epochMs) / DAY_MS);

/** As far as the quotas reach, and a month for the ends that are cut. */
function daysAhead({ keepDaily, keepWeekly, keepMonthly }: RetentionQuotas, minimumAgeSeconds: number): number {
  const reach = Math.max(keepDaily, 7 * (keepWeekly + 1), 31 * (keepMonthly + 1), (minimumAgeSeconds * 1000) / DAY_MS);
  return Math.min(Math.ceil(reach) + 31, DAYS_AHEAD_MAX);
}

const DAY_MS = 86_400_000;

/** Ten years: nobody plans further, and each day costs some microseconds for each snapshot. */
const DAYS_AHEAD_MAX = 3_660;

function daysAfter({ host, paths, time }: RetainableSnapshot, days: number): RetainableSnapshot {
  const day = new Date(Date.parse(`${time.slice(0, 10)}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
  return { id: `${days} days after`, host, paths, time: `${day}${time.slice(10)}` };
}
