import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { homesOf, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';

/** Guests who wait for an answer: "unanswered guest messages", "who is waiting for a reply". Pure. */
export function readUnanswered({ reading }: Asked): Plan | undefined {
  const isWaiting = reading.tags.has('waiting') && hasAny(reading, 'messages', 'who', 'guest');
  const isUnanswered = reading.tags.has('unanswered') || (reading.tags.has('open') && reading.tags.has('messages'));
  if ((!isWaiting && !isUnanswered && !allAnswered(reading)) || !isNow(reading)) return undefined;
  const allowed = [
    'waiting',
    'unanswered',
    'open',
    'messages',
    'guest',
    'who',
    'which',
    'count',
    'now',
    'still',
    'all_of_them',
  ] as const;
  if (!isCovered(reading, allowed)) return undefined;
  return { kind: 'unanswered', homes: homesOf(reading), form: reading.tags.has('count') ? 'count' : 'list' };
}

const allWords: ReadonlySet<string> = new Set(['all', 'everyone', 'everybody', 'every']);

/** "have we answered everybody?" */
const allAnswered = ({ tags, tokens }: Reading): boolean =>
  tags.has('waiting') && tokens.some(({ text }) => allWords.has(text));

/** Who waits, waits now; "unanswered messages today" says no more, "from Monday" would. */
const isNow = ({ dates, parts }: Reading): boolean =>
  dates.every(({ expression }) => {
    const day = expression.kind === 'day' ? expression.day : undefined;
    return day?.kind === 'offset' && day.days === 0;
  }) &&
  !parts.some((part, at) => {
    const next = parts[at + 1];
    return part.kind === 'tag' && part.tag === 'prep' && next?.kind === 'date';
  });
