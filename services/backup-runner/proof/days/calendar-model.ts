/**
 * What must be left after a retention, told by the calendar alone: from everything that was ever taken, not from what
 * restic still holds, and by counting periods instead of spending quotas. It shares nothing with `decideRetention`. Pure.
 */
export interface PastSnapshot {
  readonly id: string;
  readonly group: string;
  /** With the offset of its own clock. */
  readonly time: string;
}

export interface Calendar {
  /** Everything ever taken. */
  readonly past: readonly PastSnapshot[];
  /** Ids in the repository. */
  readonly standing: ReadonlySet<string>;
  readonly nowMs: number;
}

/** Ids in the repository after the retention of `nowMs`, with 7 days, 4 weeks, 12 months. */
export function leftAfterRetention({ past, standing, nowMs }: Calendar): ReadonlySet<string> {
  const left = new Set(standing);
  for (const group of Map.groupBy(past, snapshot => snapshot.group).values()) {
    const oldestFirst = group.toSorted((one, other) => Date.parse(one.time) - Date.parse(other.time));
    const isWanted = calendarOf(oldestFirst.map(({ time }) => time.slice(0, 10)));
    const there = oldestFirst.filter(({ id }) => standing.has(id));
    const superfluous = oldestFirst.filter(
      ({ id, time }, place) => standing.has(id) && !isWanted(place) && nowMs - Date.parse(time) > HELD_BY_THE_VAULT_MS,
    );
    const atOnce = Math.max(1, Math.floor(there.length / 4));
    for (const { id } of superfluous.slice(0, atOnce)) left.delete(id);
  }
  return left;
}

/** A week, and the six hours for which a run may take before its snapshot is stored. */
const HELD_BY_THE_VAULT_MS = (7 * 24 + 6) * 3_600_000;

const PERIODS: readonly { readonly wanted: number; readonly nameOf: (day: string) => string }[] = [
  { wanted: 7, nameOf: day => day },
  { wanted: 4, nameOf: day => mondayOf(day) },
  { wanted: 12, nameOf: day => day.slice(0, 7) },
];

/** Which of the days, oldest first and one for each snapshot, keep theirs: by how many periods came after. */
function calendarOf(days: readonly string[]): (place: number) => boolean {
  const calendars = PERIODS.map(({ wanted, nameOf }) => ({ wanted, names: days.map(nameOf) }));
  return place =>
    calendars.some(({ wanted, names }) => {
      const later = new Set(names.slice(place + 1));
      const isLastOfPeriod = !later.has(names[place] ?? '');
      const isFirstEver = place === 0;
      return (isLastOfPeriod || isFirstEver) && later.size < wanted;
    });
}

function mondayOf(day: string): string {
  const date = new Date(`${day}T12:00:00Z`);
  while (date.getUTCDay() !== 1) date.setUTCDate(date.getUTCDate() - 1);
  return date.toISOString().slice(0, 10);
}
