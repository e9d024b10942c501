import type { LocalDate } from '@innkeeper/shared/domain/local-time';
import type { DateExpression } from './date-expression.ts';
import { type DateUse, resolveDate } from './resolve-date.ts';
import { resolvePeriod } from './resolve-period.ts';

/** Days that lie apart, or have no end, exist and are no range that a class could read. */
const saidWhole: ReadonlySet<DateExpression['kind']> = new Set(['day', 'period', 'range', 'nights']);

const uses: readonly DateUse[] = (['past', 'near', 'future'] as const).flatMap(lean => [
  { unit: 'days', lean },
  { unit: 'nights', lean },
]);

/**
 * Why an expression means no days to any class of question: the calendar has none such (31 February), or both ends
 * exist and the last lies before the first. Nothing where some class can read it. Pure.
 */
export function findFault(expression: DateExpression, today: LocalDate): 'no_such_day' | 'backwards' | undefined {
  if (!saidWhole.has(expression.kind)) return undefined;
  if (uses.some(use => resolveDate(expression, today, use))) return undefined;
  if (expression.kind !== 'range') return 'no_such_day';
  const from = { today, lean: 'near', order: 'day_before_month' } as const;
  const exist = [expression.from, expression.to].every(end => resolvePeriod(end, from));
  return exist ? 'backwards' : 'no_such_day';
}
