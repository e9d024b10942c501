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
const dayOf = (date: LocalDate): number => Number(date.slice(8));

export const mondayOf = (date: LocalDate): LocalDate => addDays(date, 1 - isoWeekday(date));

/** Months since the year 0, so that months can be counted on. */
export const monthCountOf = (date: LocalDate): number => yearOf(date) * 12 + monthOf(date) - 1;

/** `months` whole calendar months from a month count's first day to the last one's last. */
export function monthsRange(monthCount: number, months: number): DayRange | undefined {
  const from = calendarDay(Math.floor(monthCount / 12), (monthCount % 12) + 1, 1);
  const after = monthCount + months;
  const next = calendarDay(Math.floor(after / 12), (after % 12) + 1, 1);
  return from && next ? { from, to: addDays(next, -1) } : undefined;
}

export const monthRange = (year: number, month: number): DayRange | undefined => monthsRange(year * 12 + month - 1, 1);

/** The same day of another month, or that month's last: a month after 31 January is the end of February. */
export function addMonths(date: LocalDate, months: number): LocalDate | undefined {
  if (months === 0) return date;
  const range = monthsRange(monthCountOf(date) + months, 1);
  return range && addDays(range.from, Math.min(dayOf(date), dayOf(range.to)) - 1);
}

/** ISO 8601: week 1 has the year's first Thursday. */
export function isoWeekRange(year: number, week: number): DayRange | undefined {
  const fourth = calendarDay(year, 1, 4);
  const from = fourth && addDays(mondayOf(fourth), 7 * (week - 1));
  return from && week >= 1 && yearOf(addDays(from, 3)) === year ? { from, to: addDays(from, 6) } : undefined;
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
  epiphany: [1, 6, 1],
  valentines_day: [2, 14, 1],
  labour_day: [5, 1, 1],
  assumption: [8, 15, 1],
  halloween: [10, 31, 1],
  all_saints: [11, 1, 1],
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
  holy_week: [-6, 7],
  maundy_thursday: [-3, 1],
  good_friday: [-2, 1],
  easter_saturday: [-1, 1],
  easter: [0, 1],
  easter_monday: [1, 1],
  easter_weekend: [-2, 4],
  ascension: [39, 1],
  pentecost: [49, 1],
  pentecost_monday: [50, 1],
  pentecost_weekend: [48, 3],
};

export function holidayRange(holiday: Holiday, year: number): DayRange | undefined {
  const [month, day, length = 1] = fixed[holiday] ?? [];
  if (month !== undefined && day !== undefined) return run(calendarDay(year, month, day), 0, length);
  if (holiday === 'thanksgiving') {
    const first = calendarDay(year, 11, 1);
    return run(first, first ? 21 + ((11 - isoWeekday(first)) % 7) : 0, 1); // the fourth Thursday
  }
  const [offset = 0, days = 1] = fromEaster[holiday] ?? [];
  return run(easterSunday(year), offset, days);
}

const run = (day: LocalDate | undefined, offset: number, days: number): DayRange | undefined =>
  day && { from: addDays(day, offset), to: addDays(day, offset + days - 1) };
