import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { homesOf } from '../reading.ts';
import { isCovered } from './coverage.ts';
import { namedGuest } from './guest-name.ts';
import { belongs } from './guests.ts';

type NotShown = Extract<Plan, { kind: 'not_shown' }>;

/** Asks for something that is never shown in chat: the answer is a reason and a link, so it is read generously. Pure. */
export function readNotShown({ reading }: Asked): Plan | undefined {
  const details = [...reading.tags].filter(tag => tag.startsWith('private:'));
  const [detail] = details;
  if (detail === undefined || details.length > 1) return undefined;
  const allowed: readonly Tag[] = [
    detail,
    'which',
    'guest',
    'booking',
    'title',
    'family',
    'can',
    'time',
    'homes',
    'now',
    'next',
    'who',
    'find',
    'previous',
    'pronoun',
    'in_house',
  ];
  const named = namedGuest(reading);
  // "did Maria phone" asks for a call.
  if (named && reading.tokens.some(({ text }) => text === 'did')) return undefined;
  if (named && !belongs(reading, named, [detail])) return undefined;
  if (!isCovered(reading, allowed, { names: named ? 1 : 0 }) || reading.dates.length > 1) return undefined;
  return {
    kind: 'not_shown',
    detail: detail.slice('private:'.length) as NotShown['detail'],
    homes: homesOf(reading),
    ...(named ? { name: named.name } : {}),
  };
}
