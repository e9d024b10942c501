import type { When } from '@innkeeper/shared/domain/plan';
import type { Moment } from '../understand/asked.ts';
import { type DateExpression, isOneDay, type Period } from '../understand/dates/date-expression.ts';
import { type DateUse, resolveDate } from '../understand/dates/resolve-date.ts';
import type { ModelPeriod, ModelWhen } from './model-plan.ts';
import { readDuration } from './read-duration.ts';

/** The model's anchors and distances as days: counted here, by each home's own today. Pure. */

/** Nothing where the reply contradicts itself or the calendar has no such days. */
export function whenOfReply(said: ModelWhen, moment: Moment, use: DateUse): When | undefined {
  const expression = expressionOf(said);
  if (expression === undefined) return undefined;
  const byToday: When['byToday'] = {};
  for (const today of moment.todays) {
    const range = resolveDate(expression, today, use);
    if (range === undefined) return undefined;
    byToday[today] = range;
  }
  return { words: said.words, byToday };
}

/** Longer than this nobody plans ahead, and a slip of the model would read whole years of records. */
const LENGTH_DAYS_MAX = 366;

function expressionOf({ span, from: fromSaid, to: toSaid, length }: ModelWhen): DateExpression | undefined {
  const from = periodOf(fromSaid);
  const to = toSaid === null ? undefined : periodOf(toSaid);
  if (from === undefined || (toSaid !== null && to === undefined)) return undefined;
  switch (span) {
    case 'on':
      return isOneDay(from) ? { kind: 'day', day: from } : { kind: 'period', period: from };
    case 'from_to':
      return to && { kind: 'range', from, to };
    case 'for':
      return runOf(from, length);
    case 'since':
      return { kind: 'since', from };
    case 'onwards':
      return { kind: 'onwards', from, after: false };
    case 'until':
      return { kind: 'until', to: from };
  }
}

/** Three nights from Friday; backwards only from today: the last seven days. */
function runOf(from: Period, length: string | null): DateExpression | undefined {
  const said = readDuration(length ?? '');
  if (said === undefined || said.months !== 0 || said.days === 0 || Math.abs(said.days) > LENGTH_DAYS_MAX) {
    return undefined;
  }
  if (said.days > 0) return isOneDay(from) ? { kind: 'nights', from, nights: said.days } : undefined;
  const isToday = from.kind === 'offset' && from.days === 0 && (from.months ?? 0) === 0;
  return isToday ? { kind: 'run', from: said.days + 1, days: -said.days } : undefined;
}

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

function periodOf({ anchor, away: awaySaid, weekday, day, month, year }: ModelPeriod): Period | undefined {
  const away = awaySaid === null ? undefined : readDuration(awaySaid);
  if (awaySaid !== null && away === undefined) return undefined;
  const inYear = year === null ? {} : { year };
  switch (anchor) {
    case 'today':
      return { kind: 'offset', days: away?.days ?? 0, ...(away?.months ? { months: away.months } : {}) };
    case 'weekday': {
      if (weekday === null) return undefined;
      const weeks = weeksOf(away);
      if (away !== undefined && weeks === undefined) return undefined;
      return { kind: 'weekday', weekday: WEEKDAYS.indexOf(weekday) + 1, ...(weeks === undefined ? {} : { weeks }) };
    }
    case 'week':
    case 'weekend': {
      const weeks = away === undefined ? 0 : weeksOf(away);
      return weeks === undefined ? undefined : { kind: 'unit', unit: anchor, away: weeks };
    }
    case 'month':
      if (month !== null) return { kind: 'named_month', month, ...inYear };
      return away === undefined || away.days === 0
        ? { kind: 'unit', unit: 'month', away: away?.months ?? 0 }
        : undefined;
    case 'date':
      if (day === null) return undefined;
      return { kind: 'calendar', day, ...(month === null ? {} : { month }), ...inYear };
    case 'christmas':
    case 'new_year':
    case 'easter':
      return { kind: 'holiday', holiday: anchor, ...inYear };
  }
}

/** Whole weeks only: a weekday lies a week away or it does not. */
function weeksOf(away: ReturnType<typeof readDuration>): number | undefined {
  return away === undefined || away.months !== 0 || away.days % 7 !== 0 ? undefined : away.days / 7;
}
