import type { LocalTime } from '@innkeeper/shared/domain/local-time';
import type { DateWords } from '../dates/date-words.ts';
import { clockAt } from '../dates/read-clock.ts';
import type { Token } from '../tokens.ts';
import type { LimitWord, LimitWords } from './limit-words.ts';

/** An hour as said. `halfDay`: 1 to 12 without a word for morning or evening; which is meant depends on what happens then. */
export type SaidHour = { readonly hour: number; readonly minute: number; readonly halfDay: boolean };

/** What narrows a question by a number: "after 22:00", "parties of 4 or more", "two more nights". */
export type Limit =
  | { readonly kind: 'hour'; readonly side: 'after' | 'before' | 'at'; readonly said: SaidHour }
  | { readonly kind: 'hours'; readonly from: SaidHour; readonly to: SaidHour }
  | { readonly kind: 'party'; readonly min: number }
  | { readonly kind: 'nights'; readonly count: number };
export type LimitSpan = { readonly from: number; readonly to: number; readonly limit: Limit };

type Words = { readonly limits: LimitWords; readonly dates: DateWords };
type Read<Value> = { readonly value: Value; readonly to: number } | undefined;
type Look = {
  readonly tokens: readonly Token[];
  readonly words: Words;
  readonly isFree: (index: number) => boolean;
};
type LimitRule = (look: Look, at: number) => Read<Limit>;

/** "another night", "two more nights": to be read before dates, which would take "for two nights". Pure. */
export const readMoreNights = (tokens: readonly Token[], words: Words, isFree: Look['isFree']): readonly LimitSpan[] =>
  readEach({ tokens, words, isFree }, moreNightsAt);

/** Hours and sizes of parties among the words that dates have left. Pure. */
export const readLimits = (tokens: readonly Token[], words: Words, isFree: Look['isFree']): readonly LimitSpan[] =>
  readEach(
    { tokens, words, isFree },
    (look, at) =>
      hoursAt(look, at) ?? hourLimitAt(look, at) ?? openHourAt(look, at) ?? partyAt(look, at) ?? bareHourAt(look, at),
  );

function readEach(look: Look, rule: LimitRule): readonly LimitSpan[] {
  const spans: LimitSpan[] = [];
  for (let at = 0; at < look.tokens.length; ) {
    const found = look.isFree(at) ? rule(look, at) : undefined;
    if (found && isAllFree(look, at, found.to)) {
      spans.push({ from: at, to: found.to, limit: found.value });
      at = found.to;
    } else at += 1;
  }
  return spans;
}

const isAllFree = ({ isFree }: Look, from: number, to: number): boolean => {
  for (let at = from; at < to; at += 1) if (!isFree(at)) return false;
  return true;
};

/** The token after a word of that meaning at `at`; `at` itself when it stands not there. */
function skip({ tokens, words, isFree }: Look, at: number, ...meanings: readonly LimitWord[]): number {
  const found = words.limits.find(tokens, at, isFree);
  return found && meanings.includes(found.meaning) ? found.to : at;
}

function numberAt({ tokens, words, isFree }: Look, at: number): Read<number> {
  const text = tokens[at]?.text ?? '';
  if (/^\d{1,2}$/u.test(text)) return { value: Number(text), to: at + 1 };
  const found = words.dates.find(tokens, at, isFree);
  return found?.meaning.startsWith('number:') === true
    ? { value: Number(found.meaning.slice('number:'.length)), to: found.to }
    : undefined;
}

/** "by noon" ends like "before noon". */
const sides = [
  ['after', ['after']],
  ['before', ['before', 'by']],
  ['at', ['at']],
] as const;

/** "after 22:00", "before 7am", "at 12", "by noon". */
function hourLimitAt(look: Look, at: number): Read<Limit> {
  const [side, words] = sides.find(([, candidates]) => skip(look, at, ...candidates) > at) ?? [];
  if (side === undefined || words === undefined) return undefined;
  const said = saidHourAt(look, skip(look, at, ...words));
  return said && { value: { kind: 'hour', side, said: said.value }, to: skip(look, said.to, 'onwards') };
}

/** "a 1pm check-in", "would 12:30 work": a clock that says so itself. */
function bareHourAt(look: Look, at: number): Read<Limit> {
  const { tokens, words, isFree } = look;
  const noon = skip(look, at, 'noon');
  if (noon > at)
    return { value: { kind: 'hour', side: 'at', said: { hour: 12, minute: 0, halfDay: false } }, to: noon };
  const isFrom = at > 0 && words.limits.find(tokens, at - 1, isFree)?.meaning === 'from';
  const clock = isFrom ? undefined : clockAt(tokens, at);
  const isCertain = clock && (clock.to > at + 1 || /[:apm]/u.test(tokens[at]?.text ?? ''));
  return isCertain
    ? { value: { kind: 'hour', side: 'at', said: { ...split(clock.time), halfDay: false } }, to: clock.to }
    : undefined;
}

/** "between 3 and 6pm", "from 15:00 to 18:00" */
function hoursAt(look: Look, at: number): Read<Limit> {
  const start = skip(look, at, 'between', 'from');
  const from = start > at ? saidHourAt(look, start) : undefined;
  const joint = from ? skip(look, from.to, 'and') : at;
  const to = from && joint > from.to ? saidHourAt(look, joint) : undefined;
  if (!from || !to) return undefined;
  return { value: { kind: 'hours', from: from.value, to: to.value }, to: to.to };
}

/** "from 22:00 on" */
function openHourAt(look: Look, at: number): Read<Limit> {
  const start = skip(look, at, 'from');
  const said = start > at ? saidHourAt(look, start) : undefined;
  const end = said ? skip(look, said.to, 'onwards') : at;
  return said && end > said.to ? { value: { kind: 'hour', side: 'after', said: said.value }, to: end } : undefined;
}

function saidHourAt(look: Look, at: number): Read<SaidHour> {
  const noon = skip(look, at, 'noon');
  if (noon > at) return { value: { hour: 12, minute: 0, halfDay: false }, to: noon };
  const text = look.tokens[at]?.text ?? '';
  const clock = clockAt(look.tokens, at);
  // "3:30" is said of the afternoon as readily as of the night; "03:30" and "3 am" are not.
  if (clock)
    return {
      value: { ...split(clock.time), halfDay: /^(?:[1-9]|1[0-2])[:.]\d\d$/u.test(text) && clock.to === at + 1 },
      to: clock.to,
    };
  const number = numberAt(look, at);
  if (!number || number.value < 1 || number.value > 12) return undefined;
  // "a une", "um ein": an article, unless the clock is named.
  if (articleNumbers.has(text) && skip(look, number.to, 'oclock') === number.to) return undefined;
  return { value: { hour: number.value, minute: 0, halfDay: true }, to: skip(look, number.to, 'oclock') };
}

const articleNumbers: ReadonlySet<string> = new Set('un|une|una|um|uma|ein|eine|einer|einem'.split('|'));

const split = (time: LocalTime): { hour: number; minute: number } => ({
  hour: Number(time.slice(0, 2)),
  minute: Number(time.slice(3)),
});

/** "parties of 4 or more", "with at least 3 guests", "groups bigger than 5", "4+ people". */
function partyAt(look: Look, at: number): Read<Limit> {
  const start = skip(look, at, 'group');
  const least = skip(look, start, 'at_least');
  const more = skip(look, start, 'more_than');
  const number = numberAt(look, Math.max(least, more));
  if (!number || number.value < 1) return undefined;
  const orMore = skip(look, number.to, 'or_more');
  const people = skip(look, orMore, 'people');
  const end = people > orMore ? skip(look, people, 'or_more') : people;
  const isOpen = least > start || more > start || orMore > number.to || end > people;
  // "more than 4" of what has to be said, before or after.
  if (!isOpen || (start === at && people === orMore)) return undefined;
  return { value: { kind: 'party', min: number.value + (more > start ? 1 : 0) }, to: end };
}

const weekNights = 7;
const nightsMax = 30;

/** "another night", "one more night", "two nights longer", "by 3 nights", "another week". */
function moreNightsAt(look: Look, at: number): Read<Limit> {
  const by = skip(look, at, 'by');
  const another = skip(look, by, 'another');
  const before = skip(look, another, 'more');
  const number = numberAt(look, before);
  const middle = number ? skip(look, number.to, 'more') : before;
  const unit = look.words.dates.find(look.tokens, middle, look.isFree);
  if (unit?.meaning !== 'nights' && unit?.meaning !== 'days' && unit?.meaning !== 'week') return undefined;
  const end = skip(look, unit.to, 'more');
  const isMore =
    by > at || another > by || before > another || (number !== undefined && middle > number.to) || end > unit.to;
  const count = (number?.value ?? (another > by ? 1 : 0)) * (unit.meaning === 'week' ? weekNights : 1);
  if (!isMore || count < 1 || count > nightsMax) return undefined;
  return { value: { kind: 'nights', count }, to: end };
}
