import type { Part, Period, Unit } from './date-expression.ts';
import type { DatePiece } from './date-pieces.ts';
import {
  comingAt,
  countAt,
  isArticle,
  isLink,
  type Length,
  type Read,
  readLength,
  relativeAt,
  skip,
  valueAt,
  wordAt,
} from './piece-words.ts';
import { readCalendarDay, readNamedDay, readYear } from './read-day.ts';

/** Reads one period, the longest way it can be read. `depth` bounds "the day after the day after …". Pure. */
export function readPeriod(pieces: readonly DatePiece[], at: number, depth = 0): Read<Period> {
  if (depth > 3) return undefined;
  const start = skip(pieces, at, word => word === 'the' || word === 'dated');
  const found =
    readShifted(pieces, start, depth) ??
    readNth(pieces, start, depth) ??
    readPart(pieces, start, depth) ??
    readBeside(pieces, start, depth) ??
    readCalendarDay(pieces, at) ??
    readNamedDay(pieces, start) ??
    readUnit(pieces, start) ??
    readNamed(pieces, start, depth) ??
    readDistance(pieces, start);
  return found && continued(pieces, found);
}

/** "in 10 days", "3 days ago", "two weeks from now", "vor 3 Tagen". */
function readDistance(pieces: readonly DatePiece[], at: number): Read<Period> {
  const word = wordAt(pieces, at);
  if (wordAt(pieces, at - 1) === 'half') return undefined;
  const isAhead = word === 'in';
  const isBack = word === 'ago' || word === 'before';
  const length = readLength(pieces, isAhead || isBack ? at + 1 : at);
  if (!length) return undefined;
  if (isAhead || isBack) return { value: offset(length.value, isAhead ? 1 : -1), next: length.next };
  const after = wordAt(pieces, length.next);
  if (after !== 'ago' && after !== 'hence') return undefined;
  return { value: offset(length.value, after === 'hence' ? 1 : -1), next: length.next + 1 };
}

function offset({ days, months }: Length, sign: 1 | -1): Period {
  return { kind: 'offset', days: days === 0 ? 0 : days * sign, ...(months === 0 ? {} : { months: months * sign }) };
}

/** "two weeks from Friday", "3 days before Christmas", "the day after the 5th", "a week on Monday". */
function readShifted(pieces: readonly DatePiece[], at: number, depth: number): Read<Period> {
  const word = wordAt(pieces, at);
  if (word === 'day_before' || word === 'day_after') {
    const anchor = readPeriod(pieces, at + 1, depth + 1);
    const days = word === 'day_before' ? -1 : 1;
    return anchor && { value: { kind: 'shifted', days, months: 0, from: anchor.value }, next: anchor.next };
  }
  const isDay = word === 'days' || word === 'nights';
  const length = isDay ? { value: { days: 1, months: 0 }, next: at + 1 } : readLength(pieces, at);
  const joint = length && wordAt(pieces, length.next);
  if (!length || (joint !== 'before' && joint !== 'after' && (isDay || (joint !== 'from' && joint !== 'on'))))
    return undefined;
  if (joint === 'on' && length.value.days % 7 !== 0) return undefined;
  const from = readPeriod(pieces, length.next + 1, depth + 1);
  if (!from) return undefined;
  const { days, months } = length.value;
  const sign = joint === 'before' ? -1 : 1;
  return { value: { kind: 'shifted', days: days * sign, months: months * sign, from: from.value }, next: from.next };
}

const units: Readonly<Record<string, Unit>> = {
  weekend: 'weekend',
  week: 'week',
  months: 'month',
  quarters: 'quarter',
  years: 'year',
};
const unitAt = (pieces: readonly DatePiece[], at: number): Unit | undefined => units[wordAt(pieces, at) ?? ''];

/** What a part can be of: a month, a year, a week. */
function readWhole(pieces: readonly DatePiece[], at: number, depth: number): Read<Period> {
  const start = skip(pieces, at, isLink);
  const relative = readUnit(pieces, start);
  if (relative) return relative;
  const unit = unitAt(pieces, start);
  if (unit) return { value: { kind: 'unit', unit, away: 0 }, next: start + 1 };
  return readNamed(pieces, start, depth, true);
}

const ordinalAt = (pieces: readonly DatePiece[], at: number): number | undefined =>
  pieces[at]?.ordinal ?? valueAt(pieces, at, 'ordinal') ?? (wordAt(pieces, at) === 'last' ? -1 : undefined);

/** "the first weekend of May", "the last Friday of the month", "second week in December", "the 3rd of next month". */
function readNth(pieces: readonly DatePiece[], at: number, depth: number): Read<Period> {
  const week = valueAt(pieces, at, 'nth_week');
  const said = week ?? ordinalAt(pieces, at);
  const n = said ?? pieces[at]?.number;
  if (n === undefined || n === 0) return undefined;
  const unit = week === undefined ? wordAt(pieces, at + 1) : 'week';
  const weekday = valueAt(pieces, at + 1, 'weekday');
  const what = weekday ?? (unit === 'week' || unit === 'weekend' ? unit : unit === 'days' ? 'day' : undefined);
  const end = what === undefined || week !== undefined ? at + 1 : at + 2;
  if (what === undefined && n < 0) return undefined;
  // "2 weeks in January" is no second week.
  if (what !== undefined && said === undefined) return undefined;
  const isJoined = isLink(wordAt(pieces, end)) || (what === undefined && relativeAt(pieces, end) !== undefined);
  const of = isJoined ? readWhole(pieces, end, depth) : undefined;
  if (!of || (of.value.kind === 'unit' && of.value.unit === 'weekend')) return undefined;
  if (what === undefined && !(of.value.kind === 'unit' && of.value.unit === 'month')) return undefined;
  return { value: { kind: 'nth', n, what: what ?? 'day', of: of.value }, next: of.next };
}

/** "end of the month", "mid-December", "early next week", "first half of January". */
function readPart(pieces: readonly DatePiece[], at: number, depth: number): Read<Period> {
  const word = wordAt(pieces, at);
  const ordinal = ordinalAt(pieces, at);
  const isHalf = wordAt(pieces, at + 1) === 'half' && (ordinal === 1 || ordinal === 2);
  const part: Part | undefined = isHalf
    ? ordinal === 1
      ? 'first_half'
      : 'second_half'
    : word === 'early' || word === 'mid' || word === 'late'
      ? word
      : undefined;
  if (!part) return undefined;
  const end = isHalf ? at + 2 : at + 1;
  const of = readWhole(pieces, part === 'mid' && isHyphen(pieces, end) ? end + 1 : end, depth);
  return of && { value: { kind: 'part', part, of: of.value }, next: of.next };
}

const isHyphen = (pieces: readonly DatePiece[], at: number): boolean => wordAt(pieces, at) === 'to';

/** "the week of 7 December", "weekend after Easter", "the week before last". */
function readBeside(pieces: readonly DatePiece[], at: number, depth: number): Read<Period> {
  if (valueAt(pieces, at, 'ordinal') === 1) return readBeside(pieces, at + 1, depth + 1);
  const unit = unitAt(pieces, at) ?? valueAt(pieces, at, 'weekday');
  const joint = wordAt(pieces, at + 1);
  const side =
    joint === 'before' ? -1 : joint === 'after' ? 1 : joint === 'of' || joint === 'of_or_from' ? 0 : undefined;
  if (unit === undefined || side === undefined || depth > 3 || (typeof unit === 'number' && side === 0))
    return undefined;
  const following = wordAt(pieces, at + 2);
  const isNext = following === 'next' || following === 'coming';
  if (side !== 0 && (side === 1 ? isNext : following === 'last') && !units[wordAt(pieces, at + 3) ?? ''])
    return { value: unitAway(unit, side * 2), next: at + 3 };
  if (unit !== 'week' && unit !== 'weekend' && typeof unit !== 'number') return undefined;
  const of = readPeriod(pieces, at + 2, depth + 1);
  return of && { value: { kind: 'beside', unit, side, of: of.value }, next: of.next };
}

const unitAway = (unit: Unit | number, away: number): Period =>
  typeof unit === 'number' ? { kind: 'weekday', weekday: unit, weeks: away } : { kind: 'unit', unit, away };

/** "this week", "next weekend", "la semaine prochaine", "weekend". */
function readUnit(pieces: readonly DatePiece[], at: number): Read<Period> {
  const before = relativeAt(pieces, at);
  const unit = unitAt(pieces, before === undefined ? at : at + 1);
  if (!unit) return undefined;
  const end = before === undefined ? at + 1 : at + 2;
  const after = before === undefined ? relativeAt(pieces, end) : undefined;
  if (before === undefined && after === undefined) {
    // "3 weekends" are not this one.
    const isOne =
      unit === 'weekend' && (pieces[at - 1]?.number ?? 1) === 1 && (valueAt(pieces, at - 1, 'number') ?? 1) === 1;
    if (isOne) return { value: { kind: 'unit', unit }, next: end };
    // "les annulations de la semaine", "Anreisen der Woche"
    const isThis = (unit === 'week' || unit === 'month') && isOfThis(pieces, at);
    return isThis ? { value: { kind: 'unit', unit, away: 0 }, next: end } : undefined;
  }
  const next = after === undefined ? end : end + 1;
  const coming = unit === 'weekend' ? comingAt(wordAt(pieces, before === undefined ? end : at)) : undefined;
  return { value: coming ? { kind: 'unit', unit, coming } : { kind: 'unit', unit, away: before ?? after ?? 0 }, next };
}

/** "de la semaine", "del mes", "der Woche": of the one that runs, unless it goes on ("de la semaine 49"). */
function isOfThis(pieces: readonly DatePiece[], at: number): boolean {
  const [before, beyond] = [wordAt(pieces, at - 1), wordAt(pieces, at - 2)];
  const following = pieces[at + 1];
  const isLast = following === undefined || (following.word === undefined && following.number === undefined);
  return isLast && (before === 'of_or_from' || (before === 'the' && beyond === 'of_or_from'));
}

/** "December", "in May", "next Christmas", "Easter 2027", "week 49", "Q1", "in 2027". */
function readNamed(pieces: readonly DatePiece[], at: number, depth: number, isPart = false): Read<Period> {
  const relative = relativeAt(pieces, at);
  const start = relative === undefined ? at : at + 1;
  const away = relative === undefined ? {} : { away: relative };
  const before = wordAt(pieces, at - 1);
  const { year: said, next } = readYear(pieces, start + 1);
  const month = valueAt(pieces, start, 'month');
  if (month !== undefined) {
    const isIntroduced = isPart || start > at || next > start + 1 || before === 'in';
    const isMonth = isIntroduced || pieces[start]?.doubtful !== true;
    return isMonth ? { value: { kind: 'named_month', month, ...away, ...said }, next } : undefined;
  }
  const holiday = pieces[start]?.holiday;
  if (holiday) return { value: { kind: 'holiday', holiday, ...away, ...said }, next };
  const quarter = valueAt(pieces, start, 'quarter');
  if (quarter !== undefined) return { value: { kind: 'quarter', quarter, ...said }, next };
  const week = readIsoWeek(pieces, start, depth);
  if (week) return week;
  const year = pieces[start]?.year;
  // "2026-12"
  const monthNumber = pieces[start + 2]?.number;
  if (year !== undefined && isHyphen(pieces, start + 1) && monthNumber !== undefined && monthNumber <= 12)
    return { value: { kind: 'named_month', month: monthNumber, year }, next: start + 3 };
  return year !== undefined && (isPart || before === 'in' || isArticle(before))
    ? { value: { kind: 'year', year }, next: start + 1 }
    : undefined;
}

/** "week 49", "KW 49 2026", "KW49"; not the "weeks 5" of "2 weeks 5 people". */
function readIsoWeek(pieces: readonly DatePiece[], at: number, depth: number): Read<Period> {
  const isWeek = wordAt(pieces, at) === 'iso_week' || (wordAt(pieces, at) === 'week' && depth === 0);
  const ownNumber = pieces[at]?.number;
  const week = isWeek ? (ownNumber ?? pieces[at + 1]?.number) : undefined;
  if (week === undefined || week > 53 || countAt(pieces, at - 1) !== undefined) return undefined;
  const { year, next } = readYear(pieces, ownNumber === undefined ? at + 2 : at + 1);
  return { value: { kind: 'iso_week', week, ...year }, next };
}

/** "Friday week", "Freitag in einer Woche", "Christmas week", "next week Friday". */
function continued(pieces: readonly DatePiece[], { value, next }: { value: Period; next: number }): Read<Period> {
  const word = wordAt(pieces, next);
  if (value.kind === 'weekday' || value.kind === 'offset') {
    if (word === 'week' && relativeAt(pieces, next + 1) === undefined && countAt(pieces, next + 1) === undefined)
      return { value: { kind: 'shifted', days: 7, months: 0, from: value }, next: next + 1 };
    const later = word === 'in' ? readLength(pieces, next + 1) : undefined;
    if (later) return { value: { kind: 'shifted', ...later.value, from: value }, next: later.next };
  }
  if (value.kind === 'weekday' && value.weeks === undefined) {
    const of = readUnit(pieces, skip(pieces, next, isLink));
    const isWeek = of?.value.kind === 'unit' && of.value.unit === 'week';
    if (of && isWeek) return { value: { kind: 'nth', n: 1, what: value.weekday, of: of.value }, next: of.next };
  }
  if (value.kind === 'unit' && value.unit === 'week') {
    const start = skip(pieces, next, isArticle);
    const weekday = valueAt(pieces, start, 'weekday');
    if (weekday !== undefined && pieces[start]?.doubtful !== true)
      return { value: { kind: 'nth', n: 1, what: weekday, of: value }, next: start + 1 };
  }
  if (value.kind === 'holiday' && (word === 'week' || word === 'weekend') && relativeAt(pieces, next + 1) === undefined)
    return { value: { kind: 'beside', unit: word, side: 0, of: value }, next: next + 1 };
  return { value, next };
}
