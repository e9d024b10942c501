import type { Token } from '../tokens.ts';
import { type CalendarDay, type DateExpression, type DateSpan, isOneDay, type Period } from './date-expression.ts';
import { type DatePiece, readDatePieces } from './date-pieces.ts';
import type { DateWords } from './date-words.ts';
import { countAt, isFrom, type Read, readLength, relativeAt, skip, valueAt, wordAt } from './piece-words.ts';
import { readBareDay } from './read-day.ts';
import { readPeriod } from './read-period.ts';

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
    const ambiguous = pieces.slice(at, found.next).some(({ day }) => day?.swappable === true);
    const start = pieces[withoutArticle(pieces, at, found.value)] ?? first;
    spans.push({ from: start.from, to: last.to, expression: found.value, ambiguous });
    at = found.next;
  }
  return spans;
}

/** "the 3rd" is said with its article; of "the next 7 days" and "el viernes" it is no part. */
function withoutArticle(pieces: readonly DatePiece[], at: number, expression: DateExpression): number {
  const day = expression.kind === 'day' ? expression.day : undefined;
  const isNumbered = day?.kind === 'calendar' || (day?.kind === 'nth' && day.what === 'day');
  return isNumbered ? at : skip(pieces, at, word => word === 'the' || word === 'dated');
}

function readSpan(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const piece = pieces[at];
  const isOther =
    piece && !piece.word && !piece.day && !piece.dotted && piece.number === undefined && piece.ordinal === undefined;
  if (isOther && piece.year === undefined) return undefined;
  return (
    readRange(pieces, at) ??
    readNights(pieces, at) ??
    readRun(pieces, at) ??
    readOpenEnd(pieces, at) ??
    readNightOf(pieces, at) ??
    readPeriods(pieces, at)
  );
}

/** "from Friday to Sunday", "Friday - Sunday", "between 3 and 6 December", "December 3-6", "2026-12-03/2026-12-06". */
function readRange(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const opening = wordAt(pieces, at);
  const start = isFrom(opening) || opening === 'between' ? at + 1 : at;
  const from = readPeriod(pieces, start) ?? readBareDay(pieces, start);
  if (!from) return undefined;
  const joint = wordAt(pieces, from.next);
  const isIsoPair = pieces[start]?.isIso === true && pieces[from.next]?.isIso === true;
  const isJoined = opening === 'between' ? joint === 'and' : joint === 'to' || joint === 'until' || isIsoPair;
  if (!isJoined) return undefined;
  const end = isIsoPair ? from.next : from.next + 1;
  const to = readPeriod(pieces, end) ?? (from.value.kind === 'calendar' ? readLastDay(pieces, end) : undefined);
  if (!to) return undefined;
  if (from.value.kind === 'calendar' && to.value.kind === 'calendar') {
    const isBare = from.value.month === undefined && to.value.month === undefined;
    const isOrdinal = pieces[from.next - 1]?.ordinal !== undefined || pieces[to.next - 1]?.ordinal !== undefined;
    const isAfterArticle = from.next - start > 1 || pieces[at]?.opensDays === true || pieces[at]?.dated === true;
    // "between 3 and 6" are hours as likely.
    if (isBare && !isOrdinal && !isAfterArticle) return undefined;
    return { value: { kind: 'range', ...shareMonth(from.value, to.value) }, next: to.next };
  }
  const isBareNumber = readPeriod(pieces, start) === undefined;
  if (isBareNumber && !(isFrom(opening) && to.value.kind === 'nth')) return undefined;
  return { value: { kind: 'range', from: shareWhole(from.value, to.value), to: to.value }, next: to.next };
}

/** "Friday to Sunday next week", "the 3rd to the 6th of next month": the whole said once holds for both. */
function shareWhole(first: Period, second: Period): Period {
  if (second.kind !== 'nth') return first;
  const isDay = first.kind === 'calendar' && first.month === undefined && second.what === 'day';
  if (isDay) return { ...second, n: first.day };
  const isWeekday = first.kind === 'weekday' && first.weeks === undefined && typeof second.what === 'number';
  return isWeekday ? { ...second, what: first.weekday } : first;
}

/** "December 3 - 6, 2026" */
function readLastDay(pieces: readonly DatePiece[], at: number): Read<CalendarDay> {
  const day = readBareDay(pieces, at);
  const year = day && pieces[day.next]?.year;
  return !day || year === undefined ? day : { value: { ...day.value, year }, next: day.next + 1 };
}

/** "3 to 6 December": the month (and year) said once holds for both. */
function shareMonth(from: CalendarDay, to: CalendarDay): { from: CalendarDay; to: CalendarDay } {
  const start = from.month === undefined && to.month !== undefined ? { ...to, ...from, month: to.month } : from;
  const end = to.month === undefined && from.month !== undefined ? { ...from, ...to, month: from.month } : to;
  const year = end.year ?? start.year;
  if (year === undefined || start.year !== undefined) return { from: start, to: end };
  return { from: { ...start, year: (start.month ?? 0) > (end.month ?? 0) ? year - 1 : year }, to: end };
}

/** "from Friday for 3 nights", "3 nights from Friday", "for 3 nights", "a week starting on the 5th". */
function readNights(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const length = readStay(pieces, at);
  if (length) {
    const isFor = wordAt(pieces, at) === 'for';
    const joint = wordAt(pieces, length.next);
    const isNights = wordAt(pieces, length.next - 1) === 'nights';
    const mayJoin = joint === 'starting' || ((isFor || isNights) && (isFrom(joint) || joint === 'on'));
    const start = joint === 'starting' && wordAt(pieces, length.next + 1) === 'on' ? length.next + 2 : length.next + 1;
    const from = mayJoin ? readPeriod(pieces, start) : undefined;
    if (from) return { value: { kind: 'nights', from: from.value, nights: length.value }, next: from.next };
    return isFor && isNights ? { value: { kind: 'nights', nights: length.value }, next: length.next } : undefined;
  }
  const from = readPeriod(pieces, isFrom(wordAt(pieces, at)) ? at + 1 : at);
  const nights = from && isOneDay(from.value) ? readStay(pieces, from.next) : undefined;
  if (!from || !nights) return undefined;
  const isClear = wordAt(pieces, nights.next - 1) === 'nights' || wordAt(pieces, from.next) === 'for';
  return isClear ? { value: { kind: 'nights', from: from.value, nights: nights.value }, next: nights.next } : undefined;
}

function readStay(pieces: readonly DatePiece[], at: number): Read<number> {
  const start = wordAt(pieces, at) === 'for' ? at + 1 : at;
  const length = readLength(pieces, start);
  if (length && length.value.months === 0 && length.value.days > 0)
    return { value: length.value.days, next: length.next };
  return wordAt(pieces, at) === 'week' && wordAt(pieces, at + 1) === 'starting'
    ? { value: 7, next: at + 1 }
    : undefined;
}

/** "next 3 days", "last two weeks", "les 3 prochains jours", "the next 2 months". */
function readRun(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const start = wordAt(pieces, at) === 'the' ? at + 1 : at;
  const swapped = countAt(pieces, start) !== undefined;
  const away = relativeAt(pieces, swapped ? start + 1 : start);
  const count = countAt(pieces, swapped ? start : start + 1);
  const isCounted = count !== undefined && count >= 1 && (away === 1 || away === -1);
  if (!isCounted) return undefined;
  const unit = pieces[start + 2];
  const length = readLength([{ from: 0, to: 1, number: count }, ...(unit ? [unit] : [])], 0)?.value;
  if (!length) return undefined;
  const next = start + 3;
  if (length.months > 0) return { value: { kind: 'months_run', months: length.months * away }, next };
  return { value: { kind: 'run', from: away === 1 ? 0 : 1 - length.days, days: length.days }, next };
}

/** "since Monday", "until Sunday", "from Friday on", "after the 20th", "before Christmas". */
function readOpenEnd(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const word = wordAt(pieces, at);
  const isOpening = word === 'starting' || word === 'after';
  const isClosing = word === 'until' || word === 'before';
  if (!isOpening && !isClosing && word !== 'since') {
    const period = readPeriod(pieces, isFrom(word) ? at + 1 : at);
    const isOpen =
      period && (wordAt(pieces, period.next) === 'onwards' || (isFrom(word) && isLastOn(pieces, period.next)));
    return isOpen ? { value: { kind: 'onwards', from: period.value, after: false }, next: period.next + 1 } : undefined;
  }
  // "vor 3 Tagen" is a distance and no end.
  const isDistance = word === 'before' && countAt(pieces, at + 1) !== undefined && readPeriod(pieces, at) !== undefined;
  const start = wordAt(pieces, at + 1) === 'on' ? at + 2 : at + 1;
  const period = isDistance ? undefined : readPeriod(pieces, start);
  if (!period) return undefined;
  const { value } = period;
  if (word === 'since') return { value: { kind: 'since', from: value }, next: period.next };
  if (isClosing) {
    const before = word === 'before' ? { before: true as const } : {};
    return { value: { kind: 'until', to: value, ...before }, next: period.next };
  }
  const isEnd = wordAt(pieces, period.next) === 'onwards' || isLastOn(pieces, period.next);
  const next = isEnd ? period.next + 1 : period.next;
  return { value: { kind: 'onwards', from: value, after: word === 'after' }, next };
}

/** "from Friday on" */
const isLastOn = (pieces: readonly DatePiece[], at: number): boolean =>
  wordAt(pieces, at) === 'on' && at + 1 === pieces.length;

/** "the night of the 5th", "die Nacht von Freitag auf Samstag". */
function readNightOf(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const start = wordAt(pieces, at) === 'the' ? at + 1 : at;
  const joint = wordAt(pieces, start + 1);
  if (wordAt(pieces, start) !== 'nights' || (joint !== 'of' && joint !== 'of_or_from')) return undefined;
  const day = readPeriod(pieces, start + 2);
  if (!day || !isOneDay(day.value)) return undefined;
  const following = wordAt(pieces, day.next) === 'to' ? readPeriod(pieces, day.next + 1) : undefined;
  return { value: { kind: 'day', day: day.value }, next: following?.next ?? day.next };
}

/** One day or period, or two that lie side by side: "today and tomorrow", "the 3rd and 4th of December". */
function readPeriods(pieces: readonly DatePiece[], at: number): Read<DateExpression> {
  const found = readPeriod(pieces, at);
  const first = found ?? readBareDay(pieces, at);
  if (!first) return undefined;
  const second = wordAt(pieces, first.next) === 'and' ? readSecond(pieces, first.next + 1, first.value) : undefined;
  if (first.value.kind === 'calendar' && second?.value.kind === 'calendar') {
    const { from, to } = shareMonth(first.value, second.value);
    if (found || second.value.month !== undefined)
      return { value: { kind: 'pair', first: from, second: to }, next: second.next };
  }
  if (!found) return undefined;
  const row = second ? undefined : readRow(pieces, found);
  if (row) return row;
  if (second) {
    const { value: later, next } = second;
    return { value: { kind: 'pair', first: shareWhole(found.value, later), second: later }, next };
  }
  const { value, next } = found;
  return { value: isOneDay(value) ? { kind: 'day', day: value } : { kind: 'period', period: value }, next };
}

const rowMax = 7;

/** "Friday, Saturday and Sunday": commas are not seen here. */
function readRow(pieces: readonly DatePiece[], first: { value: Period; next: number }): Read<DateExpression> {
  const between: Period[] = [];
  let at = first.next;
  while (between.length < rowMax && isOneDay(first.value)) {
    const day = readPeriod(pieces, at);
    if (!day || !isOneDay(day.value)) return undefined;
    between.push(day.value);
    at = day.next;
    const last = wordAt(pieces, at) === 'and' ? readPeriod(pieces, at + 1) : undefined;
    if (last && isOneDay(last.value))
      return { value: { kind: 'pair', first: first.value, between, second: last.value }, next: last.next };
  }
  return undefined;
}

function readSecond(pieces: readonly DatePiece[], at: number, first: Period): Read<Period> {
  const second = readPeriod(pieces, at);
  if (second) return second;
  // "this week and next"
  const away = relativeAt(pieces, at);
  const isElliptical = first.kind === 'unit' && away !== undefined && valueAt(pieces, at + 1, 'weekday') === undefined;
  return isElliptical ? { value: { kind: 'unit', unit: first.unit, away }, next: at + 1 } : undefined;
}
