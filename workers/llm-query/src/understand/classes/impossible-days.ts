import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import type { DateExpression } from '../dates/date-expression.ts';
import { findFault } from '../dates/find-fault.ts';
import { summarise, wordsAt } from '../reading.ts';
import { applyRules } from './rules.ts';

/**
 * A question that a rule would answer if its days existed: "who is checking in on 31 February". To search for it would
 * find other days' bookings. Pure.
 */
export function readImpossibleDays(asked: Asked): Plan | undefined {
  const { reading, moment } = asked;
  const [today] = moment.todays;
  if (today === undefined) return undefined;
  for (const span of reading.dates) {
    const fault = findFault(span.expression, today);
    if (!fault) continue;
    const parts = reading.parts.map(part =>
      part.kind === 'date' && part.span === span ? { ...part, span: { ...span, expression: anyDay } } : part,
    );
    const possible = summarise(reading.question, reading.tokens, reading.named, parts);
    if (!applyRules({ ...asked, reading: possible })) continue;
    return { kind: 'unclear', days: { words: wordsAt(reading, span.from, span.to), fault } };
  }
  return undefined;
}

const anyDay: DateExpression = { kind: 'day', day: { kind: 'offset', days: 0 } };
