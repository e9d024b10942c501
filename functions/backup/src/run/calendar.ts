import type { BackupType } from '@innkeeper/shared/contracts/backup/run-id';
import {
  addDays,
  daysBetween,
  isoWeekday,
  LocalDate,
  type LocalTime,
  type TimeZone,
  wallClock,
} from '@innkeeper/shared/domain/local-time';

/** Which night it is and what it asks for. Pure. */
export interface Schedule {
  readonly zone: TimeZone;
  readonly time: LocalTime;
}

export interface Due {
  readonly day: LocalDate;
  readonly at: Date;
}

const DAY_MS = 86_400_000;

/** A scheduler whose clock runs ahead of ours still means the night that begins. */
const EARLY_MS = 15 * 60_000;

/**
 * When the run of a day is due. A time that the clock skips in spring comes as much later as it skips (02:30 is then
 * 03:30); one that comes twice in autumn is the first.
 */
export function dueAt({ zone, time }: Schedule, day: LocalDate): Date {
  const asIfUtc = Date.parse(`${day}T${time}:00Z`);
  const offsetMs = (epochMs: number): number => {
    const local = wallClock(zone, epochMs);
    return Date.parse(`${local.date}T${local.time}:00Z`) - Math.floor(epochMs / 60_000) * 60_000;
  };
  // The zone changes at most once within a day of the time: one of these two offsets is the right one.
  const before = asIfUtc - offsetMs(asIfUtc - DAY_MS);
  const after = asIfUtc - offsetMs(asIfUtc + DAY_MS);
  const isIt = (epochMs: number): boolean => epochMs + offsetMs(epochMs) === asIfUtc;
  const found = [before, after].filter(isIt);
  return new Date(found.length === 0 ? before : Math.min(...found));
}

/** The newest run that should have begun by `now`. */
export function lastDue(schedule: Schedule, now: Date): Due {
  const today = wallClock(schedule.zone, now.getTime()).date;
  const at = dueAt(schedule, today);
  if (at <= now) return { day: today, at };
  const yesterday = addDays(today, -1);
  return { day: yesterday, at: dueAt(schedule, yesterday) };
}

export function nextDue(schedule: Schedule, now: Date): Due {
  const day = addDays(lastDue(schedule, now).day, 1);
  return { day, at: dueAt(schedule, day) };
}

/** The night a run that is asked for at `now` belongs to. */
export const nightOf = (schedule: Schedule, now: Date): LocalDate =>
  lastDue(schedule, new Date(now.getTime() + EARLY_MS)).day;

/** Weekly on Sunday, monthly on the 1st. */
export function typesOf(day: LocalDate): BackupType[] {
  const weekly: BackupType[] = isoWeekday(day) === 7 ? ['weekly'] : [];
  const monthly: BackupType[] = day.endsWith('-01') ? ['monthly'] : [];
  return ['daily', ...weekly, ...monthly];
}

/** Monthly does what weekly does. */
export const isDeep = (types: readonly BackupType[]): boolean => types.includes('weekly') || types.includes('monthly');

const FIRST_MONDAY = LocalDate.parse('1970-01-05');

/**
 * Which tenth of the data is read in the ISO week of `day`: `3/10`. Weeks are counted through, not from each New Year,
 * so that the turn of the year leaves none out.
 */
export function checkSubset(day: LocalDate): string {
  const week = Math.floor(daysBetween(FIRST_MONDAY, day) / 7);
  return `${(week % SUBSETS) + 1}/${SUBSETS}`;
}

/** All of the data is read every ten weeks, a tenth at a time. */
const SUBSETS = 10;
