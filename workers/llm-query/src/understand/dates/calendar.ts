import { addDays, isoWeekday, LocalDate } from '@innkeeper/shared/domain/local-time';
import type { DayRange } from '@innkeeper/shared/domain/plan';
import type { Holiday } from './date-words.ts';

/** The Gregorian calendar, in whole days. Pure. */

/** The day, or nothing when the calendar has no such day (31 April). Years 1900 to 2199: what a booking can mean. */
export function calendarDay(year: number, month: number, day: number): LocalDate | undefined {
  if (year < 1900 || year > 2199) return undefined;
  const pad = (value: number): string => String(value).padStart(2, '0');
  const parsed = LocalDate.safeParse(`${year}-${pad(month)}-${pad(day)}`);
  return parsed.success ? parsed.data : undefined;
}

export const yearOf = (date: LocalDate): number => Number(date.slice(0, 4));
export const monthOf = (date: LocalDate): number => Number(date.slice(5, 7));

export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - isoWeekday(date));

export function monthRange(year: number, month: number): DayRange | undefined {
  const from = calendarDay(year, month, 1);
  const next = month === 12 ? calendarDay(year + 1, 1, 1) : calendarDay(year, month + 1, 1);
  return from && next ? { from, to: addDays(next, -1) } : undefined;
}

/** Easter Sunday of the Gregorian calendar (the anonymous computus). */
function easterSunday(year: number): LocalDate | undefined {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const yearInCentury = year % 100;
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(yearInCentury / 4) - epact - (yearInCentury % 4)) % 7;
  const correction = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const dayCount = epact + weekday - 7 * correction + 114;
  return calendarDay(year, Math.floor(dayCount / 31), (dayCount % 31) + 1);
}

const fixed: Partial<Record<Holiday, readonly [month: number, day: number, days: number]>> = {
  christmas_eve: [12, 24, 1],
  christmas: [12, 25, 1],
  christmas_days: [12, 24, 3],
  boxing_day: [12, 26, 1],
  new_years_eve: [12, 31, 1],
  new_years_day: [1, 1, 1],
  /** The turn of the year: both sides of it. */
  new_year: [12, 31, 2],
};
const fromEaster: Partial<Record<Holiday, readonly [offset: number, days: number]>> = {
  good_friday: [-2, 1],
  easter: [0, 1],
  easter_monday: [1, 1],
  easter_weekend: [-2, 4],
};

export function holidayRange(holiday: Holiday, year: number): DayRange | undefined {
  const [month, day, length] = fixed[holiday] ?? [];
  const [offset = 0, easterLength = 1] = fromEaster[holiday] ?? [];
  if (month !== undefined && day !== undefined) {
    const from = calendarDay(year, month, day);
    return from && { from, to: addDays(from, (length ?? 1) - 1) };
  }
  const easter = easterSunday(year);
  return easter && { from: addDays(easter, offset), to: addDays(easter, offset + easterLength - 1) };
}
