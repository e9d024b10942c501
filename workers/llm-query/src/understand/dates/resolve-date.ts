import { addDays, daysBetween, isoWeekday, type LocalDate } from '@innkeeper/shared/domain/local-time';
import type { DayRange } from '@innkeeper/shared/domain/plan';
import { calendarDay, holidayRange, mondayOf, monthOf, monthRange, yearOf } from './calendar.ts';
import type { DateExpression, DayExpression } from './date-expression.ts';

/** How a class reads days. */
export type DateUse = {
  /** `nights`: the range holds nights, so a said last day is the morning of leaving and a weekend is Friday and Saturday. */
  readonly unit: 'days' | 'nights';
  /** Where an unfinished date leans: "who arrived on Friday" is the last one, "free on Friday" never is. */
  readonly lean: 'past' | 'near' | 'future';
};

/** A day and a month without a year, this long ago or less, is the past one: people still speak of last month. */
const daysBackMax = 45;

/** The days meant, if today is `today`; nothing when the calendar has no such day or the range runs backwards. Pure. */
export function resolveDate(expression: DateExpression, today: LocalDate, use: DateUse): DayRange | undefined {
  const range = plainRange(expression, today, use);
  if (!range || range.to < range.from) return undefined;
  if (use.lean !== 'future' || range.from >= today || expression.kind === 'day') return range;
  return { from: today, to: range.to < today ? today : range.to };
}

function plainRange(expression: DateExpression, today: LocalDate, use: DateUse): DayRange | undefined {
  const lastDay = use.unit === 'nights' ? -1 : 0;
  switch (expression.kind) {
    case 'day':
      return single(resolveDay(expression.day, today, use.lean));
    case 'weekend': {
      const saturday = addDays(mondayOf(today), 5 + 7 * expression.which);
      return { from: addDays(saturday, lastDay), to: addDays(saturday, 1 + lastDay) };
    }
    case 'week': {
      const monday = addDays(mondayOf(today), 7 * expression.which);
      return { from: monday, to: addDays(monday, 6) };
    }
    case 'month': {
      const months = yearOf(today) * 12 + monthOf(today) - 1 + expression.which;
      return monthRange(Math.floor(months / 12), (months % 12) + 1);
    }
    case 'named_month':
      return bestYear(today, use.lean, expression.year, year => monthRange(year, expression.month));
    case 'holiday':
      return bestYear(today, use.lean, expression.year, year => holidayRange(expression.holiday, year));
    case 'range': {
      const from = resolveDay(expression.from, today, use.lean);
      const to = from && resolveDay(expression.to, expression.to.kind === 'offset' ? today : from, 'future');
      if (!from || !to) return undefined;
      return { from, to: to > from ? addDays(to, lastDay) : to };
    }
    case 'nights': {
      const from = expression.from ? resolveDay(expression.from, today, use.lean) : today;
      return from && { from, to: addDays(from, expression.nights - 1) };
    }
    case 'run':
      return { from: addDays(today, expression.from), to: addDays(today, expression.from + expression.days - 1) };
    case 'since': {
      const from = resolveDay(expression.from, today, 'past');
      return from && { from, to: today };
    }
    case 'pair': {
      const first = resolveDay(expression.first, today, use.lean);
      const second =
        first && resolveDay(expression.second, expression.second.kind === 'offset' ? today : first, 'future');
      // Two days with others between them are no range, and leaving the gap out is not possible.
      return first && second && daysBetween(first, second) === 1 ? { from: first, to: second } : undefined;
    }
    case 'until': {
      const to = resolveDay(expression.to, today, 'future');
      return to && { from: today, to: to > today ? addDays(to, lastDay) : to };
    }
  }
}

const single = (day: LocalDate | undefined): DayRange | undefined => day && { from: day, to: day };

export function resolveDay(day: DayExpression, today: LocalDate, lean: DateUse['lean']): LocalDate | undefined {
  switch (day.kind) {
    case 'offset':
      return addDays(today, day.days);
    case 'weekday': {
      if (day.which === 'next') return addDays(mondayOf(today), 7 + day.weekday - 1);
      const ahead = (day.weekday - isoWeekday(today) + 7) % 7;
      if (day.which === 'last') return addDays(today, ahead - 7);
      return addDays(today, lean === 'past' && ahead > 0 ? ahead - 7 : ahead);
    }
    case 'calendar': {
      const { day: dayOfMonth, month } = day;
      if (month === undefined) return bareDayOfMonth(dayOfMonth, today, lean);
      return bestYear(today, lean, day.year, year => single(calendarDay(year, month, dayOfMonth)))?.from;
    }
  }
}

/** "The 31st" skips months without one. */
function bareDayOfMonth(day: number, today: LocalDate, lean: DateUse['lean']): LocalDate | undefined {
  const direction = lean === 'past' ? -1 : 1;
  const start = yearOf(today) * 12 + monthOf(today) - 1;
  for (let step = 0; step <= 3; step += 1) {
    const months = start + direction * step;
    const found = calendarDay(Math.floor(months / 12), (months % 12) + 1, day);
    if (found && (direction === 1 ? found >= today : found <= today)) return found;
  }
  return undefined;
}

function bestYear(
  today: LocalDate,
  lean: DateUse['lean'],
  year: number | undefined,
  inYear: (year: number) => DayRange | undefined,
): DayRange | undefined {
  if (year !== undefined) return inYear(year);
  // 29 February can be eight years away (around 2100).
  const step = lean === 'past' ? -1 : 1;
  const start = yearOf(today) - step;
  const back = lean === 'near' ? daysBackMax : 0;
  for (let away = 0; away <= 9; away += 1) {
    const range = inYear(start + step * away);
    if (range && (lean === 'past' ? range.from <= today : daysBetween(range.to, today) <= back)) return range;
  }
  return undefined;
}
