import { addDays, daysBetween, type LocalDate } from '@innkeeper/shared/domain/local-time';
import type { DayRange } from '@innkeeper/shared/domain/plan';

import { type DateExpression, isOneDay, type Period } from './date-expression.ts';
import type { DateOrder } from './date-order.ts';
import { resolvePeriod, type Standpoint } from './resolve-period.ts';

/** How a class reads days. */
export type DateUse = {
  /** `nights`: a said last day is the morning of leaving, and a weekend is Friday's and Saturday's. */
  readonly unit: 'days' | 'nights';
  /** Where an unfinished date leans: "who arrived on Friday" is the last one, "free on Friday" never is. */
  readonly lean: 'past' | 'near' | 'future';
  /** The class means something without an end ("arrivals from Friday"): it then ends `openEndDays` later. */
  readonly openEnd?: true;
};

/** How far "from Friday on" reaches: a year of bookings, so that the range stays countable. */
export const openEndDays = 365;

/** A range whose year is not said and that is longer than this was written backwards: 24 to 21 November. */
const impliedDaysMax = 183;

/**
 * The days meant, if today is `today`; nothing when the calendar has no such day, the range runs backwards, or it has
 * no end and the class needs one. `order` decides what `03/12` is. Pure.
 */
export function resolveDate(
  expression: DateExpression,
  today: LocalDate,
  use: DateUse,
  order: DateOrder = 'day_before_month',
): DayRange | undefined {
  const range = plainRange(expression, { today, lean: use.lean, order }, use);
  if (!range || range.to < range.from || range.from < earliest || range.to > latest) return undefined;
  if (use.lean !== 'future' || range.from >= today || expression.kind === 'day') return range;
  if (range.to >= today) return { from: today, to: range.to };
  // On a Sunday what is left of the weekend is that night.
  const isSunday = use.unit === 'nights' && expression.kind === 'period' && addDays(range.to, 1) === today;
  return isSunday ? { from: today, to: today } : range;
}

/** Whole years that a range may touch; outside them arithmetic would leave four-digit years. */
const [earliest, latest] = ['1900-01-01', '2199-12-31'];

function plainRange(expression: DateExpression, from: Standpoint, use: DateUse): DayRange | undefined {
  const { today } = from;
  switch (expression.kind) {
    case 'day':
      return resolvePeriod(expression.day, from);
    case 'period':
      return asNights(expression.period, resolvePeriod(expression.period, from), use);
    case 'range':
      return rangeOf(expression.from, expression.to, from, use);
    case 'nights': {
      const first = expression.from ? resolvePeriod(expression.from, from)?.from : today;
      return first && { from: first, to: addDays(first, expression.nights - 1) };
    }
    case 'run':
      return { from: addDays(today, expression.from), to: addDays(today, expression.from + expression.days - 1) };
    case 'months_run': {
      const end = resolvePeriod({ kind: 'offset', days: 0, months: expression.months }, from)?.from;
      if (!end) return undefined;
      return end > today ? { from: today, to: addDays(end, -1) } : { from: addDays(end, 1), to: today };
    }
    case 'since': {
      const first = resolvePeriod(expression.from, { ...from, lean: 'past' })?.from;
      return first && { from: first, to: today };
    }
    case 'pair': {
      let days = resolvePeriod(expression.first, from);
      for (const said of [...(expression.between ?? []), expression.second]) {
        const next = days && resolvePeriod(said, beyond(said, days.from, from));
        // Days with others between them are no range, and leaving the gap out is not possible.
        if (!days || !next || daysBetween(days.to, next.from) !== 1) return undefined;
        days = { from: days.from, to: next.to };
      }
      return days;
    }
    case 'onwards': {
      if (use.lean === 'past') return plainRange({ kind: 'since', from: expression.from }, from, use);
      const first = use.openEnd ? resolvePeriod(expression.from, from) : undefined;
      const start = first && (expression.after ? addDays(first.to, 1) : first.from);
      return start && { from: start, to: addDays(start, openEndDays) };
    }
    case 'until': {
      const end = use.lean === 'past' ? undefined : resolvePeriod(expression.to, { ...from, lean: 'future' });
      if (!end) return undefined;
      const isPart = expression.to.kind === 'part';
      const isInside = expression.before !== true && (isOneDay(expression.to) || expression.to.kind === 'holiday');
      const last = isPart && !expression.before ? end.to : isInside ? end.from : addDays(end.from, -1);
      return { from: today, to: isInside && use.unit === 'nights' && last > today ? addDays(last, -1) : last };
    }
  }
}

/** A weekend's nights are Friday's and Saturday's. */
function asNights(period: Period, range: DayRange | undefined, { unit }: DateUse): DayRange | undefined {
  const isWeekend =
    (period.kind === 'unit' && period.unit === 'weekend') ||
    (period.kind === 'nth' && period.what === 'weekend') ||
    (period.kind === 'beside' && period.unit === 'weekend');
  if (!range || !isWeekend || unit !== 'nights') return range;
  return { from: addDays(range.from, -1), to: addDays(range.to, -1) };
}

function rangeOf(fromSaid: Period, toSaid: Period, from: Standpoint, use: DateUse): DayRange | undefined {
  const first = resolvePeriod(fromSaid, from)?.from;
  const end = first && resolvePeriod(toSaid, beyond(toSaid, first, from));
  if (!first || !end) return undefined;
  const isOneEnd = isOneDay(toSaid) || toSaid.kind === 'holiday';
  const to = isOneEnd ? end.from : end.to;
  const isDated = (said: Period): boolean => 'year' in said || 'yearsAway' in said;
  const isCalendar = toSaid.kind === 'calendar' || toSaid.kind === 'named_month' || toSaid.kind === 'holiday';
  const isLong = daysBetween(first, to) > (toSaid.kind === 'named_month' ? 365 : impliedDaysMax);
  if (isCalendar && isLong && !isDated(fromSaid) && !isDated(toSaid)) return undefined;
  return { from: first, to: isOneEnd && use.unit === 'nights' && to > first ? addDays(to, -1) : to };
}

/** The second of two ends is looked for behind the first, unless it says itself where it is from today. */
function beyond(second: Period, first: LocalDate, from: Standpoint): Standpoint {
  const isFixed =
    second.kind === 'offset' ||
    (second.kind === 'weekday' && second.weeks !== undefined) ||
    (second.kind === 'unit' && second.away !== undefined) ||
    ('yearsAway' in second && second.yearsAway !== undefined) ||
    second.kind === 'nth' ||
    second.kind === 'part';
  return isFixed ? from : { ...from, today: first, lean: 'future' };
}
