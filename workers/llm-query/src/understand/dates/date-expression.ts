import type { Holiday } from './date-words.ts';

/** A date as said, before it is known which day is today. */
export type DayExpression =
  | { readonly kind: 'offset'; readonly days: number }
  /** `nearest`: the next such day, today included (or the last one, for something in the past). */
  | { readonly kind: 'weekday'; readonly weekday: number; readonly which: 'nearest' | 'next' | 'last' }
  /** Without month or year: the one that fits best from today. */
  | { readonly kind: 'calendar'; readonly day: number; readonly month?: number; readonly year?: number };

export type DateExpression =
  | { readonly kind: 'day'; readonly day: DayExpression }
  /** -1 last, 0 this, 1 next. */
  | { readonly kind: 'weekend' | 'week' | 'month'; readonly which: number }
  | { readonly kind: 'named_month'; readonly month: number; readonly year?: number }
  | { readonly kind: 'holiday'; readonly holiday: Holiday; readonly year?: number }
  /** Both ends said: the last one is the day of leaving when nights are asked for. */
  | { readonly kind: 'range'; readonly from: DayExpression; readonly to: DayExpression }
  /** Two days named one after the other: today and tomorrow. */
  | { readonly kind: 'pair'; readonly first: DayExpression; readonly second: DayExpression }
  /** Without a first day: from today, or from the day a thread speaks of. */
  | { readonly kind: 'nights'; readonly from?: DayExpression; readonly nights: number }
  /** Days in a row from an offset from today: the next 3 days, the last 7 days. */
  | { readonly kind: 'run'; readonly from: number; readonly days: number }
  | { readonly kind: 'since'; readonly from: DayExpression }
  | { readonly kind: 'until'; readonly to: DayExpression };

/** A date found in the question: tokens `from` up to, not including, `to`. */
export type DateSpan = {
  readonly from: number;
  readonly to: number;
  readonly expression: DateExpression;
  /** `03/12`: read day first, could have been meant month first. */
  readonly ambiguous: boolean;
};
