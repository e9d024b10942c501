import { type Dice, rollDice } from '@innkeeper/local-stack/demo/world/dice';

/** What happens on each of many days: most nights go well, some do not, some happen twice. Pure. */
export interface PlannedRun {
  /** `2027-03-28`, `2027-03-28-retry-1`, `2027-03-28-manual-1`. */
  readonly runId: string;
  /** Minutes from the day's own midnight, wall clock; a late run may begin on the next day. */
  readonly beginsMinute: number;
  /** How long storing the snapshots took. */
  readonly durationMinutes: number;
  /** Where it ends before its time; `undefined`: nowhere. */
  readonly failsAt: RunFailing | undefined;
  readonly prune: boolean;
}

/** Before anything is stored; between its snapshots; before retention. */
export type RunFailing = 'starting' | 'half_way' | 'retaining';

export interface PlannedDay {
  /** `2027-03-28`. */
  readonly day: string;
  /** Empty: the scheduler was silent. */
  readonly runs: readonly PlannedRun[];
}

/** The same seed plans the same days, from the first one (`YYYY-MM-DD`) on. */
export function planDays(order: { readonly seed: number; readonly from: string; readonly days: number }): PlannedDay[] {
  const dice = rollDice(order.seed);
  let silentDays = 0;
  return Array.from({ length: order.days }, (_, index) => {
    const day = new Date(Date.parse(order.from) + index * DAY_MS).toISOString().slice(0, 10);
    if (silentDays === 0 && dice.between(1, 1_000) <= SILENCES_PER_THOUSAND)
      silentDays = dice.between(1, SILENT_DAYS_MAX);
    if (silentDays > 0) {
      silentDays -= 1;
      return { day, runs: [] };
    }
    return { day, runs: planRuns(day, dice) };
  });
}

function planRuns(day: string, dice: Dice): PlannedRun[] {
  const prune = day.endsWith('-01');
  const durationMinutes = dice.chance(85) ? dice.between(1, 20) : dice.between(20, DURATION_MINUTES_MAX);
  const failsAt = dice.chance(12) ? dice.pick(FAILINGS) : undefined;
  // Late ones wait for a server until noon, or until after the next midnight, in the name of their own night.
  const late = dice.chance(5) ? dice.pick([4 * 60, 9 * 60, 23 * 60]) : 0;
  const nightly = {
    runId: day,
    beginsMinute: START_MINUTE + late + dice.between(0, 9),
    durationMinutes,
    failsAt,
    prune,
  };
  const again = nightly.beginsMinute + durationMinutes + dice.between(5, 15);
  const retry = { ...nightly, runId: `${day}-retry-1`, beginsMinute: again, failsAt: undefined };
  const byHand = {
    runId: `${day}-manual-1`,
    beginsMinute: dice.between(10 * 60, 21 * 60),
    durationMinutes: dice.between(1, 20),
    failsAt: undefined,
    prune: false,
  };
  return [
    nightly,
    ...(failsAt !== undefined && dice.chance(70) ? [retry] : []),
    ...(late === 0 && dice.chance(8) ? [byHand] : []),
  ];
}

const DAY_MS = 86_400_000;
const START_MINUTE = 2 * 60 + 30;
/** Beyond that the state's own deadline ends a run. */
const DURATION_MINUTES_MAX = 110;
/** Two or three silences in 400 days. */
const SILENCES_PER_THOUSAND = 6;
const SILENT_DAYS_MAX = 12;
const FAILINGS: readonly [RunFailing, ...RunFailing[]] = ['starting', 'half_way', 'retaining'];
