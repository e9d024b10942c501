import type { Holiday } from './date-words.ts';

export type Unit = 'week' | 'weekend' | 'month' | 'quarter' | 'year';

/** A year as said: its number, or so many from this one ("May next year"). Neither: the one that fits best. */
export type YearSaid = { readonly year?: number; readonly yearsAway?: number };

export type CalendarDay = YearSaid & {
  readonly kind: 'calendar';
  readonly day: number;
  readonly month?: number;
  /** Said with the date, and has to agree: "Friday 20 November". ISO, 1 Monday. */
  readonly weekday?: number;
  /** Month and day may be the other way round: `03/12`. */
  readonly swappable?: true;
};

/** One or several days in a row as said, before it is known which day is today. -1 last, 0 this, 1 next. */
export type Period =
  | { readonly kind: 'offset'; readonly days: number; readonly months?: number }
  /**
   * Without `weeks`: the next such day, today included (or the last one, for something in the past). `coming`: the
   * first or second one that begins after today.
   */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly weeks?: number; readonly coming?: number }
  | CalendarDay
  /** Without `away`: a weekend of no particular week. */
  | { readonly kind: 'unit'; readonly unit: Unit; readonly away?: number; readonly coming?: number }
  | (YearSaid & { readonly kind: 'named_month'; readonly month: number; readonly away?: number })
  | (YearSaid & { readonly kind: 'holiday'; readonly holiday: Holiday; readonly away?: number })
  | { readonly kind: 'year'; readonly year: number }
  | (YearSaid & { readonly kind: 'quarter'; readonly quarter: number })
  | (YearSaid & { readonly kind: 'iso_week'; readonly week: number })
  /** The second weekend of May, the last Friday of the month (-1), the 3rd of next month; a number is a weekday. */
  | {
      readonly kind: 'nth';
      readonly n: number;
      readonly what: 'day' | 'week' | 'weekend' | number;
      readonly of: Period;
    }
  | { readonly kind: 'part'; readonly part: Part; readonly of: Period }
  /** Two weeks from Friday, the day before Christmas: from the end it lies beyond. */
  | { readonly kind: 'shifted'; readonly days: number; readonly months: number; readonly from: Period }
  /** The week of Christmas, the weekend after Easter (1), the Friday before the 20th (-1; an ISO weekday). */
  | { readonly kind: 'beside'; readonly unit: Beside; readonly side: -1 | 0 | 1; readonly of: Period };

export type Beside = 'week' | 'weekend' | number;

export type Part = 'early' | 'mid' | 'late' | 'first_half' | 'second_half';

export type DateExpression =
  | { readonly kind: 'day'; readonly day: Period }
  /** Several days under one name: next week, May, the first weekend of December. */
  | { readonly kind: 'period'; readonly period: Period }
  /** Both ends said: the last one is the day of leaving when nights are asked for. */
  | { readonly kind: 'range'; readonly from: Period; readonly to: Period }
  /** Named one after the other: today and tomorrow; `between` them Saturday in "Friday, Saturday and Sunday". */
  | { readonly kind: 'pair'; readonly first: Period; readonly between?: readonly Period[]; readonly second: Period }
  /** Without a first day: from today, or from the day a thread speaks of. */
  | { readonly kind: 'nights'; readonly from?: Period; readonly nights: number }
  /** Days in a row from an offset from today, or months: the next 3 days, the last 7 days, the next 2 months. */
  | { readonly kind: 'run'; readonly from: number; readonly days: number }
  | { readonly kind: 'months_run'; readonly months: number }
  | { readonly kind: 'since'; readonly from: Period }
  /** Without an end: from Friday on, after the 20th. Of the future only for classes that set `DateUse.openEnd`. */
  | { readonly kind: 'onwards'; readonly from: Period; readonly after: boolean }
  /** `before`: the day itself is not meant. */
  | { readonly kind: 'until'; readonly to: Period; readonly before?: true };

/** A date found in the question: tokens `from` up to, not including, `to`. */
export type DateSpan = {
  readonly from: number;
  readonly to: number;
  readonly expression: DateExpression;
  /** `03/12`: the order of day and month is the reader's assumption. */
  readonly ambiguous: boolean;
};

/**
 * The span as it is meant behind a "from" that names no end: "from Friday". The grammar leaves that word out, because
 * "calls from Friday" are Friday's; a class that means from then on reads the span through this.
 */
export function fromThenOn(span: DateSpan): DateSpan {
  const { expression } = span;
  const from =
    expression.kind === 'day' ? expression.day : expression.kind === 'period' ? expression.period : undefined;
  return from ? { ...span, expression: { kind: 'onwards', from, after: false } } : span;
}

const oneDayKinds: ReadonlySet<Period['kind']> = new Set(['offset', 'weekday', 'calendar', 'shifted']);

/** Whether a period is one day by its form. */
export const isOneDay = (period: Period): boolean =>
  oneDayKinds.has(period.kind) ||
  (period.kind === 'nth' && (period.what === 'day' || typeof period.what === 'number')) ||
  (period.kind === 'beside' && typeof period.unit === 'number');
