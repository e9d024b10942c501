import type { Token } from '../tokens.ts';
import type { DateExpression, DateSpan, DayExpression } from './date-expression.ts';
import { type DatePiece, readDatePieces } from './date-pieces.ts';
import type { DateWords } from './date-words.ts';

/**
 * Finds the dates in a question: a small grammar over the date words of a language, longest reading first. A date it
 * does not know stays unread, and unread words keep a question from being answered by a rule. Pure.
 */
export function readDates(
  tokens: readonly Token[],
  words: DateWords,
  isFree: (index: number) => boolean,
): readonly DateSpan[] {
  const pieces = readDatePieces(tokens, words, isFree);
  const spans: DateSpan[] = [];
  let at = 0;
  while (at < pieces.length) {
    const found = readSpan(pieces, at);
    const first = pieces[at];
    const last = found && pieces[found.next - 1];
    if (!found || !first || !last) {
      at += 1;
      continue;
    }
    const ambiguous = pieces.slice(at, found.next).some(piece => piece.ambiguous);
    spans.push({ from: first.from, to: last.to, expression: found.value, ambiguous });
    at = found.next;
  }
  return spans;
}

type Read<Value> = { readonly value: Value; readonly next: number } | undefined;

function readSpan(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  return (
    readRange(pieces, at) ??
    readNights(pieces, at) ??
    readRun(pieces, at) ??
    readOpenEnd(pieces, at) ??
    readPeriod(pieces, at) ??
    readPairOrDay(pieces, at)
  );
}

const wordAt = (pieces: readonly DatePiece[], at: number): string | undefined => pieces[at]?.word;
const valueOf = (word: string | undefined, prefix: string): number | undefined =>
  word?.startsWith(`${prefix}:`) === true ? Number(word.slice(prefix.length + 1)) : undefined;
const countAt = (pieces: readonly DatePiece[], at: number): number | undefined =>
  pieces[at]?.number ?? valueOf(wordAt(pieces, at), 'number');

/** "from Friday to Sunday", "Friday - Sunday", "between 3 and 6 December", "December 3-6". */
function readRange(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const opening = wordAt(pieces, at);
  const start = isFrom(opening) || opening === 'between' ? at + 1 : at;
  const from = readDay(pieces, start) ?? readBareDay(pieces, start);
  if (!from) return undefined;
  const joint = wordAt(pieces, from.next);
  if (opening === 'between' ? joint !== 'and' : joint !== 'to' && joint !== 'until') return undefined;
  const end = from.next + 1;
  const to = readDay(pieces, end) ?? (from.value.kind === 'calendar' ? readBareDay(pieces, end) : undefined);
  if (!to) return undefined;
  if (from.value.kind === 'calendar' && to.value.kind === 'calendar') {
    return { value: { kind: 'range', ...shareMonth(from.value, to.value) }, next: to.next };
  }
  if (from.value.kind === 'calendar' && from.value.month === undefined && !isFrom(opening)) return undefined;
  return { value: { kind: 'range', from: from.value, to: to.value }, next: to.next };
}

type CalendarDay = Extract<DayExpression, { kind: 'calendar' }>;

/** "3 to 6 December": the month (and year) said once holds for both. */
function shareMonth(from: CalendarDay, to: CalendarDay): { from: CalendarDay; to: CalendarDay } {
  const start = from.month === undefined && to.month !== undefined ? { ...to, day: from.day } : from;
  const end = to.month === undefined && from.month !== undefined ? { ...from, day: to.day } : to;
  const year = end.year ?? start.year;
  if (year === undefined || start.year !== undefined) return { from: start, to: end };
  return { from: { ...start, year: (start.month ?? 0) > (end.month ?? 0) ? year - 1 : year }, to: end };
}

/** "from Friday for 3 nights", "Friday for two nights", "for 3 nights from Friday", "for 3 nights". */
function readNights(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const length = readLength(pieces, at);
  if (length) {
    const joint = wordAt(pieces, length.next);
    const from = isFrom(joint) || joint === 'on' ? readDay(pieces, length.next + 1) : undefined;
    if (from) return { value: { kind: 'nights', from: from.value, nights: length.value }, next: from.next };
    return wordAt(pieces, at) === 'for'
      ? { value: { kind: 'nights', nights: length.value }, next: length.next }
      : undefined;
  }
  const from = readDay(pieces, isFrom(wordAt(pieces, at)) ? at + 1 : at);
  const nights = from && readLength(pieces, from.next);
  if (!from || !nights) return undefined;
  return { value: { kind: 'nights', from: from.value, nights: nights.value }, next: nights.next };
}

function readLength(pieces: readonly DatePiece[], at: number): Read<number> {
  const start = wordAt(pieces, at) === 'for' ? at + 1 : at;
  const nights = countAt(pieces, start);
  return nights !== undefined && wordAt(pieces, start + 1) === 'nights'
    ? { value: nights, next: start + 2 }
    : undefined;
}

/** "next 3 days", "last two weeks", "les 3 prochains jours". */
function readRun(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const swapped = countAt(pieces, at) !== undefined;
  const direction = wordAt(pieces, swapped ? at + 1 : at);
  const count = countAt(pieces, swapped ? at : at + 1);
  const unit = wordAt(pieces, at + 2);
  if (count === undefined || count < 1 || (direction !== 'next' && direction !== 'coming' && direction !== 'last'))
    return undefined;
  if (unit !== 'days' && unit !== 'nights' && unit !== 'week') return undefined;
  const days = unit === 'week' ? count * 7 : count;
  return { value: { kind: 'run', from: direction === 'last' ? 1 - days : 0, days }, next: at + 3 };
}

/** "since Monday", "until Sunday". */
function readOpenEnd(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const word = wordAt(pieces, at);
  if (word !== 'since' && word !== 'until') return undefined;
  const day = readDay(pieces, at + 1);
  if (!day) return undefined;
  return {
    value: word === 'since' ? { kind: 'since', from: day.value } : { kind: 'until', to: day.value },
    next: day.next,
  };
}

const isFrom = (word: string | undefined): boolean => word === 'from' || word === 'of_or_from';
const isOf = (word: string | undefined): boolean => word === 'of' || word === 'of_or_from';

/** Weeks or months away; of weekdays and weekends the coming one may still be this week's. */
const relative: Readonly<Record<string, number>> = { last: -1, this: 0, next: 1, coming: 1 };
const periods: Readonly<Record<string, 'weekend' | 'week' | 'month'>> = {
  weekend: 'weekend',
  week: 'week',
  months: 'month',
};

/** "this week", "next weekend", "la semaine prochaine", "December", "in May", "Christmas". */
function readPeriod(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const word = wordAt(pieces, at) ?? '';
  const before = relative[word];
  const period = periods[before === undefined ? word : (wordAt(pieces, at + 1) ?? '')];
  if (period !== undefined) {
    const end = before === undefined ? at + 1 : at + 2;
    const after = before === undefined ? relative[wordAt(pieces, end) ?? ''] : undefined;
    if (before === undefined && after === undefined && period !== 'weekend') return undefined;
    const next = after === undefined ? end : end + 1;
    const isComing = period === 'weekend' && pieces.slice(at, next).some(piece => piece.word === 'coming');
    return { value: { kind: period, which: isComing ? 0 : (before ?? after ?? 0) }, next };
  }
  const named = before === 0 ? at + 1 : at;
  const month = valueOf(wordAt(pieces, named), 'month');
  const year = pieces[named + 1]?.year;
  const withYear = year === undefined ? {} : { year };
  const next = year === undefined ? named + 1 : named + 2;
  const introduced = named > at || year !== undefined || wordAt(pieces, at - 1) === 'in';
  if (month !== undefined && readDay(pieces, named) === undefined && (introduced || pieces[named]?.doubtful !== true)) {
    return { value: { kind: 'named_month', month, ...withYear }, next };
  }
  const holiday = pieces[at]?.holiday;
  return holiday && { value: { kind: 'holiday', holiday, ...withYear }, next };
}

function readPairOrDay(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const first = readDay(pieces, at);
  if (!first) return undefined;
  const second = wordAt(pieces, first.next) === 'and' ? readDay(pieces, first.next + 1) : undefined;
  if (second) return { value: { kind: 'pair', first: first.value, second: second.value }, next: second.next };
  return { value: { kind: 'day', day: first.value }, next: first.next };
}

function readDay(pieces: readonly DatePiece[], at: number): Read<DayExpression> {
  return readNamedDay(pieces, at) ?? readCalendarDay(pieces, at) ?? readDistance(pieces, at);
}

/** "tomorrow night", "next Friday", "vendredi prochain", "Friday 20 November". */
function readNamedDay(pieces: readonly DatePiece[], at: number): Read<DayExpression> {
  const word = wordAt(pieces, at);
  const night = valueOf(word, 'night');
  if (night !== undefined) return { value: { kind: 'offset', days: night }, next: at + 1 };
  const days = valueOf(word, 'day');
  if (days !== undefined) return { value: { kind: 'offset', days }, next: skipNight(pieces, at + 1) };
  const before = relative[word ?? ''];
  const named = before === undefined ? at : at + 1;
  const weekday = valueOf(wordAt(pieces, named), 'weekday');
  if (weekday === undefined) return undefined;
  const exact = before === undefined ? readCalendarDay(pieces, named + 1) : undefined;
  if (exact) return exact;
  const after = before === undefined ? relative[wordAt(pieces, named + 1) ?? ''] : undefined;
  // "Friday next 3 nights" is no "Friday next".
  const said = after !== undefined && countAt(pieces, named + 2) !== undefined ? undefined : after;
  const next = skipNight(pieces, said === undefined ? named + 1 : named + 2);
  const isComing = pieces.slice(at, next).some(piece => piece.word === 'coming');
  const which = isComing ? 0 : (before ?? said ?? 0);
  return { value: { kind: 'weekday', weekday, which: which === 1 ? 'next' : which === -1 ? 'last' : 'nearest' }, next };
}

const skipNight = (pieces: readonly DatePiece[], at: number): number => (wordAt(pieces, at) === 'nights' ? at + 1 : at);

/** "3 December", "the 3rd of December 2026", "Dec 3", "2026-12-03", "03/12", "the 3rd". */
function readCalendarDay(pieces: readonly DatePiece[], at: number): Read<DayExpression> {
  const literal = pieces[at]?.day;
  if (literal) return { value: literal, next: at + 1 };
  const start = wordAt(pieces, at) === 'the' ? at + 1 : at;
  const number = pieces[start]?.ordinal ?? pieces[start]?.number;
  const gap = isOf(wordAt(pieces, start + 1)) ? 1 : 0;
  const monthAfter = valueOf(wordAt(pieces, start + 1 + gap), 'month');
  if (number !== undefined && monthAfter !== undefined) {
    return withYear(pieces, { kind: 'calendar', day: number, month: monthAfter }, start + 2 + gap, gap === 1);
  }
  const monthBefore = valueOf(wordAt(pieces, start), 'month');
  const article = wordAt(pieces, start + 1) === 'the' ? 1 : 0;
  const dayAfter = pieces[start + 1 + article]?.ordinal ?? pieces[start + 1 + article]?.number;
  if (monthBefore !== undefined && dayAfter !== undefined && dayAfter <= 31) {
    return withYear(pieces, { kind: 'calendar', day: dayAfter, month: monthBefore }, start + 2 + article, false);
  }
  const ordinal = pieces[start]?.ordinal;
  return ordinal === undefined ? undefined : { value: { kind: 'calendar', day: ordinal }, next: start + 1 };
}

function withYear(
  pieces: readonly DatePiece[],
  day: CalendarDay,
  at: number,
  /** "3 de diciembre de 2026" */
  mayBeJoined: boolean,
): Read<DayExpression> {
  const joined = mayBeJoined && isOf(wordAt(pieces, at)) && pieces[at + 1]?.year !== undefined ? at + 1 : at;
  const year = pieces[joined]?.year;
  return year === undefined ? { value: day, next: at } : { value: { ...day, year }, next: joined + 1 };
}

/** A number alone is a day only beside another one: "between 3 and 6 December". */
function readBareDay(pieces: readonly DatePiece[], at: number): Read<CalendarDay> {
  const start = wordAt(pieces, at) === 'the' ? at + 1 : at;
  const day = pieces[start]?.ordinal ?? pieces[start]?.number;
  return day === undefined || day > 31 ? undefined : { value: { kind: 'calendar', day }, next: start + 1 };
}

/** "in 10 days", "in a week", "3 days ago". */
function readDistance(pieces: readonly DatePiece[], at: number): Read<DayExpression> {
  const start = wordAt(pieces, at) === 'in' ? at + 1 : at;
  const count = countAt(pieces, start);
  const unit = wordAt(pieces, start + 1);
  if (count === undefined || (unit !== 'days' && unit !== 'week')) return undefined;
  const days = unit === 'week' ? count * 7 : count;
  if (start > at) return { value: { kind: 'offset', days }, next: start + 2 };
  return wordAt(pieces, start + 2) === 'ago' ? { value: { kind: 'offset', days: -days }, next: start + 3 } : undefined;
}
