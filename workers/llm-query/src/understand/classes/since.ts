import { addDays, type LocalDate, LocalTime, wallClock } from '@innkeeper/shared/domain/local-time';
import type { Plan } from '@innkeeper/shared/domain/plan';
import type { Asked, Moment } from '../asked.ts';
import { instantAt } from '../dates/local-instant.ts';
import { type Clock, clockAt, partOfDayAt } from '../dates/read-clock.ts';
import { resolveDate } from '../dates/resolve-date.ts';
import { type Part, type Reading, wordsAt } from '../reading.ts';
import type { Token } from '../tokens.ts';

/** What happened since an instant. A time without a zone is on the clocks of most homes. Pure. */

const sinceWords: ReadonlySet<string> = new Set(['since', 'seit', 'depuis', 'desde']);
const midnight = LocalTime.parse('00:00');
const hourMs = 3_600_000;
/** "the last 500 hours" is three weeks of news; more is a search. */
const hoursMax = 500;

/** Where "since …" or "… last 2 hours" begins, and from when: nothing for `fromMs` when it cannot be read. */
export function sinceIn(asked: Asked): { at: number; fromMs: number | undefined; hasTime: boolean } | undefined {
  const hours = lastHours(asked);
  if (hours) return { at: hours.at, fromMs: asked.moment.epochMs - hours.count * hourMs, hasTime: true };
  const at = asked.reading.tokens.findIndex(token => sinceWords.has(token.text));
  return at < 0 ? undefined : { at, ...instantOf(asked, at + 1) };
}

/** "since 18:00", "what did I miss since yesterday 6pm", "anything new in the last 2 hours", "what happened today". */
export function readSince(asked: Asked): Plan | undefined {
  const { reading, moment } = asked;
  const since = sinceIn(asked);
  const lead = since ? reading.parts.filter(part => part.from < since.at) : reading.parts;
  const isNews = reading.tags.has('news');
  if (!lead.every(part => isIdle(part) || (!since && part.kind === 'date'))) return undefined;
  if (!since) return isNews ? newsOfToday(asked) : undefined;
  const { at, fromMs } = since;
  const isLength = !sinceWords.has(reading.tokens[at]?.text ?? '');
  if (fromMs === undefined || fromMs > moment.epochMs || (isLength && !isNews)) return undefined;
  return { kind: 'since', from: new Date(fromMs).toISOString(), words: wordsAt(reading, at, endOf(reading, at)) };
}

const closings: ReadonlySet<string> = new Set('passiert|geschehen|gelaufen|gewesen|los|neu|neues'.split('|'));

/** "was ist seit 18 Uhr passiert": German closes with the verb. */
const endOf = ({ tokens }: Reading, at: number): number =>
  tokens.length - 1 > at && closings.has(tokens.at(-1)?.text ?? '') ? tokens.length - 1 : tokens.length;

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

const unread = { fromMs: undefined, hasTime: false };

/** Everything after "since" has to be a day, a time, or both, in either order. */
function instantOf({ reading, moment }: Asked, start: number): { fromMs: number | undefined; hasTime: boolean } {
  const { tokens } = reading;
  const today = wallClock(moment.mainZone, moment.epochMs).date;
  let time: LocalTime | undefined;
  let date: LocalDate | undefined;
  const end = endOf(reading, start - 1);
  for (let at = start; at < end; ) {
    const clock = time
      ? undefined
      : (clockAt(tokens, at) ?? hourAt(tokens, at) ?? partOfDayAt(tokens, at) ?? bareHourAt(reading, moment, at));
    const span = reading.dates.find(({ from, to }) => from <= at && at < to);
    if (clock) {
      time = clock.time;
      if (clock.daysAgo !== undefined) date ??= addDays(today, -clock.daysAgo);
      at = clock.to;
    } else if (span && !date) {
      const { expression } = span;
      const day = expression.kind === 'since' ? { kind: 'day' as const, day: expression.from } : expression;
      date = resolveDate(day, today, { unit: 'days', lean: 'past' })?.from;
      if (!date) return unread;
      at = span.to;
    } else if (joints.has(tokens[at]?.text ?? '')) at += 1;
    else return unread;
  }
  if (!time && !date) return unread;
  const hasTime = time !== undefined;
  const instant = instantAt(moment.mainZone, date ?? today, time ?? midnight);
  // "since 18:00" said in the morning is yesterday evening.
  if (!date && instant > moment.epochMs)
    return { fromMs: instantAt(moment.mainZone, addDays(today, -1), time ?? midnight), hasTime };
  return { fromMs: instant, hasTime };
}

/** "since 8" alone: the last time it was eight, in the morning or in the evening. */
function bareHourAt({ tokens, dates }: Reading, { mainZone, epochMs }: Moment, at: number): Clock | undefined {
  const hour = /^\d{1,2}$/u.test(tokens[at]?.text ?? '') ? Number(tokens[at]?.text) : 0;
  const isDate = dates.some(({ from, to }) => from <= at && at < to);
  if (hour < 1 || hour > 12 || at !== tokens.length - 1 || isDate) return undefined;
  const { date } = wallClock(mainZone, epochMs);
  const morning = LocalTime.parse(`${String(hour % 12).padStart(2, '0')}:00`);
  const evening = LocalTime.parse(`${(hour % 12) + 12}:00`);
  const isEvening = instantAt(mainZone, date, evening) <= epochMs || instantAt(mainZone, date, morning) > epochMs;
  return { time: isEvening ? evening : morning, to: at + 1 };
}

/** "desde las 8": after the article a bare number is an hour. */
function hourAt(tokens: readonly Token[], at: number): Clock | undefined {
  const text = tokens[at]?.text ?? '';
  const isHour = /^(?:\d|1\d|2[0-3])$/u.test(text) && hourArticles.has(tokens[at - 1]?.text ?? '');
  return isHour ? { time: LocalTime.parse(`${text.padStart(2, '0')}:00`), to: at + 1 } : undefined;
}
const hourArticles: ReadonlySet<string> = new Set(['las', 'as']);

const joints: ReadonlySet<string> = new Set(['at', 'um', 'the', 'a', 'las', 'as']);
