/**
 * The evaluation's own days and clocks, so that its truth shares no date code with what it judges. A day is
 * `YYYY-MM-DD`, a clock `HH:MM`, both at the home. Only `Intl` and whole numbers. Pure.
 */
export type Day = string;
export type Clock = string;

export interface Days {
  readonly from: Day;
  readonly to: Day;
}

const DAY_MS = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known =
    formats.get(zone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  formats.set(zone, known);
  return known;
};

/** What calendar and clock on the wall of `zone` show at an instant in milliseconds. */
export function onTheWall(zone: string, atMs: number): { readonly day: Day; readonly clock: Clock } {
  const [day = '', clock = ''] = formatOf(zone).format(atMs).split(' ');
  return { day, clock };
}

/** The instant at which the wall of `zone` shows this; of two, the earlier; of none, the one after the gap. */
export function instantOf(zone: string, day: Day, clock: Clock): number {
  const asIfUtc = Date.parse(`${day}T${clock}:00Z`);
  // How far the zone is from UTC a day before and a day after: where it changes in between, one of the two is right.
  const aheadMs = [-DAY_MS, DAY_MS].map(near => {
    const wall = onTheWall(zone, asIfUtc + near);
    return Date.parse(`${wall.day}T${wall.clock}:00Z`) - (asIfUtc + near);
  });
  const fits = aheadMs
    .map(ahead => asIfUtc - ahead)
    .toSorted((left, right) => left - right)
    .filter(atMs => onTheWall(zone, atMs).day === day && onTheWall(zone, atMs).clock === clock);
  return fits[0] ?? asIfUtc - Math.min(...aheadMs);
}

export const iso = (atMs: number): string => new Date(atMs).toISOString();

export const plusDays = (day: Day, days: number): Day =>
  iso(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).slice(0, 10);

export const nightsBetween = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** 0 Sunday … 6 Saturday. */
export const weekdayOf = (day: Day): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The first such weekday after `day`. */
export const nextWeekday = (day: Day, weekday: number): Day => plusDays(day, ((weekday - weekdayOf(day) + 6) % 7) + 1);

/** The last such weekday before `day`. */
export const lastWeekday = (day: Day, weekday: number): Day => plusDays(day, -((weekdayOf(day) - weekday + 6) % 7) - 1);
