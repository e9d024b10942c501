import type { Plan } from '@innkeeper/shared/domain/plan';
import { firstNameOf } from '../evaluate/first-name.ts';
import type { Home } from '../evaluate/homes.ts';
import { daysAnywhere } from '../evaluate/homes.ts';
import type { TaskLine } from '../evaluate/tasks.ts';
import { homeInWords, line } from './booking-line.ts';
import { counted } from './days-in-words.ts';
import type { Draft, Rendering } from './draft.ts';
import { FIXED } from './fixed-words.ts';
import { headingOf, searchedInWords } from './heading.ts';
import { listOf } from './list.ts';
import { plainName } from './plain-text.ts';
import { dueInWords, taskInShort, taskSource } from './task-line.ts';

/** Work at the homes: what is due when, and how it stands. Pure. */
type AskedTasks = Extract<Plan, { kind: 'tasks' }>;

const TITLES = { all: 'Tasks', cleaning: 'Cleaning', maintenance: 'Maintenance' } as const;

export function renderTasks(
  found: readonly TaskLine[],
  asked: AskedTasks,
  named: readonly Home[],
  rendering: Rendering,
): Draft {
  const narrowed = [
    ...(asked.state === 'open' ? ['open, overdue ones too'] : []),
    ...(asked.which === 'all' ? [] : ['by their titles']),
  ];
  const heading = headingOf(TITLES[asked.which], asked.when, named, rendering, narrowed);
  return listOf(found, {
    heading,
    summary: summaryOf(found, asked),
    lines: asked.form === 'count' ? [] : found.map(task => taskInWords(task, asked, rendering)),
    searched: searchedInWords('tasks', named, rendering),
    sources: found.map(taskSource),
    homes: found.flatMap(({ home }) => home ?? []),
    named,
  });
}

function summaryOf(found: readonly TaskLine[], { state }: AskedTasks): string {
  const open = found.filter(task => task.state === 'open').length;
  return `${counted(found.length, 'task')}${state === 'open' || open === found.length ? '' : `, ${open} open`}`;
}

function taskInWords(task: TaskLine, { when }: AskedTasks, rendering: Rendering): string {
  const from =
    task.home === undefined ? daysAnywhere(when, rendering.homes)?.from : when.byToday[task.home.today]?.from;
  const isOverdue = task.state === 'open' && task.due !== undefined && from !== undefined && task.due.date < from;
  const { assignee } = task.record.facts;
  const firstNameOnly = rendering.scope === 'operations';
  return line(
    dueInWords(task, rendering),
    isOverdue ? 'overdue' : undefined,
    task.home === undefined ? `home ${FIXED.notRecorded}` : homeInWords(task.home),
    taskInShort(task),
    assignee === undefined ? undefined : `assigned to ${plainName(firstNameOnly ? firstNameOf(assignee) : assignee)}`,
  );
}
