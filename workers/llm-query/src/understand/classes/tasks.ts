import { addDays } from '@innkeeper/shared/domain/local-time';
import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import { homesOf, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';

/** Tasks of a day: "what's due today", "open maintenance tasks", "cleanings tomorrow in the Blue Flat". Pure. */
export function readTasks(asked: Asked): Plan | undefined {
  const { reading } = asked;
  if (!hasAny(reading, 'tasks', 'cleaning', 'maintenance', 'due', 'overdue') && !isLeftToDo(reading)) return undefined;
  const allowed = [
    'tasks',
    'cleaning',
    'maintenance',
    'due',
    'open',
    'which',
    'count',
    'homes',
    'expected',
    'now',
    'still',
    'overdue',
    'overview',
    'departed',
  ] as const;
  if (reading.tags.has('departed') && !isLeftOver(reading)) return undefined;
  const isBoth = hasAny(reading, 'cleaning') && hasAny(reading, 'maintenance');
  if (isBoth || !isCovered(reading, allowed)) return undefined;
  const isOverdue = reading.tags.has('overdue');
  if (isOverdue && reading.dates.length > 0) return undefined;
  const when = isOverdue ? untilYesterday(asked) : onlyWhen(asked, { unit: 'days', lean: 'near', openEnd: true });
  if (!when) return undefined;
  const which = reading.tags.has('cleaning') ? 'cleaning' : reading.tags.has('maintenance') ? 'maintenance' : 'all';
  const state = hasAny(reading, 'open', 'still', 'overdue', 'departed') || saysStill(reading) ? 'open' : 'all';
  return {
    kind: 'tasks',
    when,
    which,
    state,
    homes: homesOf(reading),
    form: reading.tags.has('count') ? 'count' : 'list',
  };
}

/** "any tasks left for today" */
const isLeftOver = ({ tags, tokens }: Reading): boolean =>
  tags.has('tasks') && tokens.some(({ text }) => text === 'left');

/** "what still needs to be cleaned", read as one phrase. */
const saysStill = ({ tokens }: Reading): boolean => tokens.some(({ text }) => text === 'still');

/** "what is left to do" */
const isLeftToDo = ({ tags, tokens }: Reading): boolean =>
  tags.has('open') && tokens.some(token => token.text === 'do' || token.text === 'done');

/** What was due before today. */
const untilYesterday = ({ moment }: Asked): When => ({
  words: 'overdue',
  byToday: Object.fromEntries(
    moment.todays.map(today => [today, { from: addDays(today, -1), to: addDays(today, -1) }]),
  ),
});
