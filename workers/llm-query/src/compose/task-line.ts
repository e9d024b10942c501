import type { SourceRef } from '@innkeeper/shared/domain/answer';
import type { TaskLine } from '../evaluate/tasks.ts';
import { dayInWords } from './days-in-words.ts';
import type { Rendering } from './draft.ts';
import { clockInWords } from './moment-in-words.ts';
import { plainName } from './plain-text.ts';

/** The parts a line about a task is made of. Pure. */
export const taskInShort = ({ record: { facts } }: TaskLine): string =>
  `${plainName(facts.title)}: ${plainName(facts.status.replaceAll('_', ' '))}`;

export function dueInWords({ due, zone }: TaskLine, rendering: Rendering): string {
  if (due === undefined) return 'no time recorded';
  return `${dayInWords(due.date, rendering.thisYear)} *${due.time}*${clockInWords(zone, rendering)}`;
}

export const taskSource = ({ record: { key, facts } }: TaskLine): SourceRef => ({
  key,
  label: `task ${plainName(facts.title)}`,
});
