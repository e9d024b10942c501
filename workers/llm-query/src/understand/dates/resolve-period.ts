import { addDays, daysBetween, isoWeekday, type LocalDate } from '@innkeeper/shared/domain/local-time';
import type { DayRange } from '@innkeeper/shared/domain/plan';
import {
  addMonths,
  calendarDay,
  holidayRange,
  isoWeekRange,
  mondayOf,
  monthCountOf,
  monthRange,
  monthsRange,
  yearOf,
} from './calendar.ts';
import type { Beside, CalendarDay, Part, Period, Unit } from './date-expression.ts';
import type { DateOrder } from './date-order.ts';

/** What a period is looked at from. `lean`: where an unfinished date leans; `near` is ahead, and back a little. */
export type Standpoint = {
  readonly today: LocalDate;
  readonly lean: 'past' | 'near' | 'future';
  readonly order: DateOrder;
};

/** A day and a month without a year, this long ago or less, is the past one: people still speak of last month. */
const daysBackMax = 45;

/** The days of a period; nothing when the calendar has no such day. Pure. */
export function resolvePeriod(period: Period, from: Standpoint): DayRange | undefined {
  const { today } = from;
  switch (period.kind) {
    case 'offset': {
      const month = addMonths(today, period.months ?? 0);
      return oneDay(month && addDays(month, period.days));
    }
    case 'weekday':
      return oneDay(weekdayFrom(period.weekday, period.weeks, period.coming, from));
    case 'calendar':
      return resolveCalendar(period, from);
    case 'unit':
      return unitRange(period.unit, period.away, period.coming, from);
    case 'named_month':
      return inYear(period, from, year => monthRange(year, period.month));
    case 'holiday':
      return inYear(period, from, year => holidayRange(period.holiday, year));
    case 'year':
      return monthsRange(period.year * 12, 12);
    case 'quarter':
      return inYear(period, from, year => monthsRange(year * 12 + 3 * (period.quarter - 1), 3));
    case 'iso_week':
      return inYear(period, from, year => isoWeekRange(year, period.week));
    case 'nth': {
      const whole = resolvePeriod(period.of, from);
      return whole && nthIn(whole, period.n, period.what);
    }
    case 'part': {
      const whole = resolvePeriod(period.of, from);
      return whole && partOf(whole, period.part);
    }
    case 'shifted': {
      const anchor = resolvePeriod(period.from, from);
      const isBack = period.days < 0 || period.months < 0;
      const moved = anchor && addMonths(isBack ? anchor.from : anchor.to, period.months);
      return oneDay(moved && addDays(moved, period.days));
    }
    case 'beside': {
      const anchor = resolvePeriod(period.of, from);
      return anchor && besideOf(anchor, period.unit, period.side);
    }
  }
}

const oneDay = (day: LocalDate | undefined): DayRange | undefined => day && { from: day, to: day };

function weekdayFrom(
  weekday: number,
  weeks: number | undefined,
  coming: number | undefined,
  { today, lean }: Standpoint,
): LocalDate {
  const ahead = (weekday - isoWeekday(today) + 7) % 7;
  if (coming !== undefined) return addDays(today, (ahead || 7) + 7 * (coming - 1));
  if (weeks === undefined) return addDays(today, lean === 'past' && ahead > 0 ? ahead - 7 : ahead);
  return weeks > 0 ? addDays(mondayOf(today), 7 * weeks + weekday - 1) : addDays(today, ahead + 7 * weeks);
}

function resolveCalendar(said: CalendarDay, from: Standpoint): DayRange | undefined {
  const isSwapped = said.swappable === true && from.order === 'month_before_day' && said.month !== undefined;
  const [day, month] = isSwapped ? [said.month, said.day] : [said.day, said.month];
  if (day === undefined) return undefined;
  const found =
    month === undefined
      ? oneDay(bareDayOfMonth(day, from))
      : inYear(said, from, year => oneDay(calendarDay(year, month, day)));
  return said.weekday === undefined || (found && isoWeekday(found.from) === said.weekday) ? found : undefined;
}

/** "The 31st" skips months without one. */
function bareDayOfMonth(day: number, { today, lean }: Standpoint): LocalDate | undefined {
  const direction = lean === 'past' ? -1 : 1;
  for (let step = 0; step <= 3; step += 1) {
    const months = monthCountOf(today) + direction * step;
    const found = calendarDay(Math.floor(months / 12), (months % 12) + 1, day);
    if (found && (direction === 1 ? found >= today : found <= today)) return found;
  }
  return undefined;
}

function unitRange(
  unit: Unit,
  away: number | undefined,
  coming: number | undefined,
  { today, lean }: Standpoint,
): DayRange | undefined {
  switch (unit) {
    case 'week': {
      const monday = addDays(mondayOf(today), 7 * (away ?? 0));
      return { from: monday, to: addDays(monday, 6) };
    }
    case 'weekend': {
      // On a Saturday the coming weekend is the next one.
      const ahead = coming === undefined ? undefined : coming - (isoWeekday(today) < 6 ? 1 : 0);
      const weeks = ahead ?? away ?? (lean === 'past' && isoWeekday(today) < 6 ? -1 : 0);
      const saturday = addDays(mondayOf(today), 5 + 7 * weeks);
      return { from: saturday, to: addDays(saturday, 1) };
    }
    case 'month':
      return monthsRange(monthCountOf(today) + (away ?? 0), 1);
    case 'quarter':
      return monthsRange(Math.floor(monthCountOf(today) / 3) * 3 + 3 * (away ?? 0), 3);
    case 'year':
      return monthsRange((yearOf(today) + (away ?? 0)) * 12, 12);
  }
}

type InYear = { readonly year?: number; readonly yearsAway?: number; readonly away?: number };

function inYear(
  { year, yearsAway, away }: InYear,
  { today, lean }: Standpoint,
  range: (year: number) => DayRange | undefined,
): DayRange | undefined {
  if (year !== undefined) return range(year);
  if (yearsAway !== undefined) return range(yearOf(today) + yearsAway);
  if (away !== undefined && away !== 0) {
    // "next May" begins after today, "last May" is over.
    const years = [0, Math.sign(away), 2 * Math.sign(away)].map(step => range(yearOf(today) + step));
    const beyond = years.filter(found => found && (away > 0 ? found.from > today : found.to < today));
    return beyond[Math.abs(away) - 1];
  }
  // 29 February can be eight years away (around 2100).
  const step = lean === 'past' ? -1 : 1;
  const back = lean === 'near' ? daysBackMax : 0;
  for (let count = 0; count <= 10; count += 1) {
    const found = range(yearOf(today) - step + step * count);
    if (found && (lean === 'past' ? found.from <= today : daysBetween(found.to, today) <= back)) return found;
  }
  return undefined;
}

/** Weeks of a month are counted from its first day, seven days each, the last one from its end. */
function nthIn({ from, to }: DayRange, n: number, what: 'day' | 'week' | 'weekend' | number): DayRange | undefined {
  const step = what === 'day' ? 1 : 7;
  const offset = what === 'day' || what === 'week' ? 0 : ((what === 'weekend' ? 6 : what) - isoWeekday(from) + 7) % 7;
  const length = what === 'week' ? 7 : 1;
  const count = Math.floor((daysBetween(from, to) + 1 - offset - length) / step) + 1;
  const isLastWeek = what === 'week' && n < 0;
  const first = isLastWeek ? addDays(to, 1 - 7) : addDays(from, offset + step * (n < 0 ? count - 1 : n - 1));
  if (first < from || first > to) return undefined;
  const last = addDays(first, what === 'week' ? 6 : what === 'weekend' ? 1 : 0);
  // The fifth week of a month is what is left of it.
  return { from: first, to: what === 'week' && last > to ? to : last };
}

/**
 * Early, mid and late: the 1st to 10th, 11th to 20th, 21st to last of a month; Monday and Tuesday, Wednesday and
 * Thursday, Friday to Sunday of a week; of longer ones the first, middle and last month.
 */
function partOf({ from, to }: DayRange, part: Part): DayRange | undefined {
  const days = daysBetween(from, to) + 1;
  if (part === 'first_half' || part === 'second_half') {
    const half =
      days <= 31 ? addDays(from, days > 7 ? 14 : 2) : addDays(addMonths(from, Math.round(days / 61)) ?? to, -1);
    return part === 'first_half' ? { from, to: half } : { from: addDays(half, 1), to };
  }
  if (days > 31) {
    const months = Math.round(days / 30.4);
    if (part === 'mid' && months % 2 === 0) return undefined;
    return monthsRange(
      monthCountOf(from) + (part === 'early' ? 0 : part === 'late' ? months - 1 : (months - 1) / 2),
      1,
    );
  }
  const [first, second] = days > 7 ? [10, 20] : [2, 4];
  if (days < 7) return undefined;
  if (part === 'early') return { from, to: addDays(from, first - 1) };
  return part === 'mid'
    ? { from: addDays(from, first), to: addDays(from, second - 1) }
    : { from: addDays(from, second), to };
}

function besideOf({ from, to }: DayRange, unit: Beside, side: -1 | 0 | 1): DayRange {
  if (side === 0) {
    const monday = mondayOf(from);
    return { from: addDays(monday, unit === 'weekend' ? 5 : 0), to: addDays(monday, 6) };
  }
  if (unit === 'week') {
    return side === 1
      ? { from: addDays(to, 1), to: addDays(to, 7) }
      : { from: addDays(from, -7), to: addDays(from, -1) };
  }
  // A weekend lies behind a day with its Saturday and before it with its Sunday.
  const [first, last] = unit === 'weekend' ? [6, 7] : [unit, unit];
  const ahead = (first - isoWeekday(to) + 7) % 7 || 7;
  const back = (isoWeekday(from) - last + 7) % 7 || 7;
  const start = side === 1 ? addDays(to, ahead) : addDays(from, first - last - back);
  return { from: start, to: addDays(start, last - first) };
}
