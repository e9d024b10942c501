import { wallClock } from '@innkeeper/shared/domain/local-time';
import type { Plan, When } from '@innkeeper/shared/domain/plan';
import { type Asked, onlyWhen } from '../asked.ts';
import type { Tag } from '../lexicon/lexicon.ts';
import { beforeToken, type Reading } from '../reading.ts';
import { hasAny, isCovered } from './coverage.ts';
import { type NamedGuest, namedGuest } from './guest-name.ts';
import { asksVerbFirst } from './guests.ts';
import { sinceIn } from './since.ts';

/** Calls of a day or range, of everybody or with one caller by name. Pure. */
export function readCalls(whole: Asked): Plan | undefined {
  const since = whole.reading.dates.length === 0 ? sinceIn(whole) : undefined;
  const asked = since ? { ...whole, reading: beforeToken(whole.reading, since.at) } : whole;
  const { reading } = asked;
  const isCall = hasAny(reading, 'call', 'calls', 'voicemail') || triedInVain(reading);
  if (!isCall || reading.homes.length > 0) return undefined;
  const named = namedGuest(reading);
  if (
    named
      ? !isWith(reading, named)
      : !isCovered(reading, [...callTags, 'who', ...(reading.tags.has('count') ? (['guest'] as const) : [])])
  )
    return undefined;
  // "please call us today" asks for nothing we hold.
  if (!named && !hasAny(reading, 'calls', 'who', 'which', ...missedTags, 'voicemail', 'count')) return undefined;
  const when = since ? daysSince(whole, since.fromMs) : onlyWhen(asked, { unit: 'days', lean: 'past' });
  const filter = reading.tags.has('voicemail') ? 'voicemail' : hasAny(reading, ...missedTags) ? 'missed' : 'all';
  const form = reading.tags.has('count') ? 'count' : 'list';
  return when && { kind: 'calls', when, filter, ...(named ? { with: named.name } : {}), form };
}

/** "calls since 8am": the days since then, each call with its time. */
function daysSince({ moment }: Asked, fromMs: number | undefined): When | undefined {
  if (fromMs === undefined || fromMs > moment.epochMs) return undefined;
  const { date } = wallClock(moment.mainZone, fromMs);
  const days = moment.todays.map(today => [today, { from: date < today ? date : today, to: today }]);
  return { words: '', byToday: Object.fromEntries(days) as When['byToday'] };
}

/** "who tried to call us", read as one phrase. */
const triedInVain = ({ tags, tokens }: Reading): boolean =>
  tags.has('missed') && tags.has('who') && tokens.some(({ text }) => /^tr(?:ied|ying)$/u.test(text));

const missedTags: readonly Tag[] = ['missed', 'unanswered', 'waiting'];
const callTags: readonly Tag[] = ['call', 'calls', ...missedTags, 'voicemail', 'which', 'count', 'time', 'was'];
const callers: ReadonlySet<string> = new Set('with|from|to|mit|von|vom|avec|de|d|con|com|do|da|del'.split('|'));

const calledWords: ReadonlySet<string> = new Set('llamo|llamaron|ligou|ligaram|telefonou'.split('|'));
const saysCalled = ({ tokens }: Reading): boolean => tokens.some(token => calledWords.has(token.text));

/** "calls with Maria", "did Maria call", "Maria's calls"; not "call Maria" and not "calls about Maria". */
function isWith(reading: Reading, named: NamedGuest): boolean {
  const { at, after, owns } = named;
  if (!isCovered(reading, [...callTags, 'title', 'family', 'guest', 'with', 'still'], { names: 1 })) return false;
  const isCall = (from: number, to: number): boolean =>
    reading.parts
      .slice(from, to)
      .some(part => part.kind === 'tag' && (part.tag === 'call' || part.tag === 'calls' || part.tag === 'voicemail'));
  if (isCall(after, reading.parts.length)) return owns || hasAny(reading, 'aux', 'time') || saysCalled(reading);
  if (asksVerbFirst(reading, named, ['call'])) return true;
  const before = reading.parts.slice(0, at).findLast(part => !(part.kind === 'tag' && part.tag === 'filler'));
  return isCall(0, at) && before?.kind === 'tag' && callers.has(reading.tokens[before.from]?.text ?? '');
}
