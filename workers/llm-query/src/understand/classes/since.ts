import { addDays, type LocalDate, LocalTime, wallClock } from '@innkeeper/shared/domain/local-time';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked } from '../asked.ts';
import { instantAt } from '../dates/local-instant.ts';
import { clockAt, partOfDayAt } from '../dates/read-clock.ts';
import { resolveDate } from '../dates/resolve-date.ts';
import { type Part, wordsAt } from '../reading.ts';

/** What happened since an instant. A time without a zone is on the clocks of most homes. Pure. */

const sinceWords: ReadonlySet<string> = new Set(['since', 'seit', 'depuis', 'desde']);
const midnight = LocalTime.parse('00:00');
const hourMs = 3_600_000;
/** "the last 500 hours" is three weeks of news; more is a search. */
const hoursMax = 500;

/** "since 18:00", "what did I miss since yesterday 6pm", "anything new in the last 2 hours", "what happened today". */
export function readSince(asked: Asked): Plan | undefined {
  const { reading, moment } = asked;
  const { tokens } = reading;
  const hours = lastHours(asked);
  const at = hours?.at ?? tokens.findIndex(token => sinceWords.has(token.text));
  const lead = at < 0 ? reading.parts : reading.parts.filter(part => part.from < at);
  const isNews = reading.tags.has('news');
  if (!lead.every(part => isIdle(part) || (at < 0 && part.kind === 'date'))) return undefined;
  if (at < 0) return isNews ? newsOfToday(asked) : undefined;
  const fromMs = hours ? moment.epochMs - hours.count * hourMs : instantOf(asked, at + 1);
  if (fromMs === undefined || fromMs > moment.epochMs || (hours && !isNews)) return undefined;
  return { kind: 'since', from: new Date(fromMs).toISOString(), words: wordsAt(reading, at, tokens.length) };
}

const isIdle = (part: Part): boolean =>
  part.kind === 'tag' && ['filler', 'news', 'aux', 'which', 'in', 'prep'].includes(part.tag);

/** "… last 2 hours", "… past hour" at the end of the question. */
function lastHours({ reading: { tokens } }: Asked): { at: number; count: number } | undefined {
  const unit = tokens.at(-1)?.text ?? '';
  if (!/^(?:hours?|hrs?|h|stunden?|heures?|horas?)$/u.test(unit)) return undefined;
  const number = tokens.at(-2)?.text ?? '';
  const count = /^\d{1,3}$/u.test(number) ? Number(number) : number === 'last' || number === 'past' ? 1 : undefined;
  const at = tokens.findLastIndex(token => token.text === 'last' || token.text === 'past');
  const isTogether = count !== undefined && at === tokens.length - (number === tokens[at]?.text ? 2 : 3);
  return isTogether && count > 0 && count <= hoursMax ? { at, count } : undefined;
}

/** "what did I miss", "anything new today": since midnight. */
function newsOfToday({ reading, moment }: Asked): Plan | undefined {
  const [span, second] = reading.dates;
  const day = span?.expression.kind === 'day' ? span.expression.day : undefined;
  if (second || (span && !(day?.kind === 'offset' && day.days === 0))) return undefined;
  const { date } = wallClock(moment.mainZone, moment.epochMs);
  const from = new Date(instantAt(moment.mainZone, date, midnight)).toISOString();
  return { kind: 'since', from, words: span ? wordsAt(reading, span.from, span.to) : '' };
}

/** Everything after "since" has to be a day, a time, or both, in either order. */
function instantOf({ reading, moment }: Asked, start: number): number | undefined {
  const { tokens } = reading;
  const today = wallClock(moment.mainZone, moment.epochMs).date;
  let time: LocalTime | undefined;
  let date: LocalDate | undefined;
  for (let at = start; at < tokens.length; ) {
    const clock = time ? undefined : (clockAt(tokens, at) ?? partOfDayAt(tokens, at));
    const span = reading.dates.find(({ from, to }) => from <= at && at < to);
    if (clock) {
      time = clock.time;
      if (clock.daysAgo !== undefined) date ??= addDays(today, -clock.daysAgo);
      at = clock.to;
    } else if (span && !date) {
      const { expression } = span;
      const day = expression.kind === 'since' ? { kind: 'day' as const, day: expression.from } : expression;
      date = resolveDate(day, today, { unit: 'days', lean: 'past' })?.from;
      if (!date) return undefined;
      at = span.to;
    } else if (joints.has(tokens[at]?.text ?? '')) at += 1;
    else return undefined;
  }
  if (!time && !date) return undefined;
  const instant = instantAt(moment.mainZone, date ?? today, time ?? midnight);
  // "since 18:00" said in the morning is yesterday evening.
  if (!date && instant > moment.epochMs) return instantAt(moment.mainZone, addDays(today, -1), time ?? midnight);
  return instant;
}

const joints: ReadonlySet<string> = new Set(['at', 'um', 'the', 'a', 'las', 'as']);
