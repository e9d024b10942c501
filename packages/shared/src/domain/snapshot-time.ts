/**
 * The time of a restic snapshot as restic writes it: RFC 3339 with nanoseconds and the offset of the machine that made
 * it. Days, weeks and months are counted on the clock of that offset, wherever they are counted later. Pure.
 */
export interface SnapshotTime {
  /** Milliseconds since the epoch. */
  readonly epochMs: number;
  /** Below the millisecond, 0 to 999,999. */
  readonly nanoseconds: number;
  /** `2026-11-21`. */
  readonly day: string;
  /** ISO 8601 week, Monday to Sunday: `2026-W47`. */
  readonly week: string;
  /** `2026-11`. */
  readonly month: string;
}

/** Throws RangeError for a text that restic cannot have written. */
export function readSnapshotTime(text: string): SnapshotTime {
  const parts = RFC_3339.exec(text)?.groups;
  const epochMs = Date.parse(`${parts?.['seconds']}${parts?.['offset']}`);
  if (parts?.['day'] === undefined || Number.isNaN(epochMs)) throw new RangeError(`not a snapshot's time: ${text}`);
  const fraction = (parts['fraction'] ?? '').padEnd(9, '0');
  return {
    epochMs: epochMs + Number(fraction.slice(0, 3)),
    nanoseconds: Number(fraction.slice(3)),
    day: parts['day'],
    week: isoWeek(parts['day']),
    month: parts['day'].slice(0, 7),
  };
}

const RFC_3339 =
  /^(?<seconds>(?<day>\d{4}-\d{2}-\d{2})T\d{2}:\d{2}:\d{2})(?:\.(?<fraction>\d{1,9}))?(?<offset>Z|[+-]\d{2}:\d{2})$/u;

/** Newest first. */
export function compareNewestFirst(one: SnapshotTime, other: SnapshotTime): number {
  return other.epochMs - one.epochMs || other.nanoseconds - one.nanoseconds;
}

const DAY_MS = 86_400_000;

/** A week belongs to the year of its Thursday. */
function isoWeek(day: string): string {
  const midnightMs = Date.parse(`${day}T00:00:00Z`);
  const weekday = new Date(midnightMs).getUTCDay() || 7;
  const thursday = new Date(midnightMs + (4 - weekday) * DAY_MS);
  const newYearMs = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.floor((thursday.getTime() - newYearMs) / (7 * DAY_MS)) + 1;
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}
