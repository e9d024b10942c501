import type { CalendarDay, Period, YearSaid } from './date-expression.ts';
import type { DatePiece } from './date-pieces.ts';
import { comingAt, countAt, isLink, type Read, relativeAt, skip, valueAt, wordAt } from './piece-words.ts';

/** Days by name and by number. Pure. */

/** "tomorrow night", "next Friday", "vendredi prochain", "Friday 20 November", "Friday the 20th". */
export function readNamedDay(pieces: readonly DatePiece[], at: number): Read<Period> {
  const night = valueAt(pieces, at, 'night');
  if (night !== undefined) return { value: { kind: 'offset', days: night }, next: at + 1 };
  const days = valueAt(pieces, at, 'day');
  if (days !== undefined) return { value: { kind: 'offset', days }, next: skipNight(pieces, at + 1) };
  const before = relativeAt(pieces, at);
  const named = before === undefined ? at : at + 1;
  const weekday = valueAt(pieces, named, 'weekday');
  if (weekday === undefined || (before === undefined && !isCertain(pieces, named))) return undefined;
  const exact = before === undefined ? readDateOfWeekday(pieces, named + 1, weekday) : undefined;
  if (exact) return exact;
  const after = before === undefined ? relativeAt(pieces, named + 1) : undefined;
  // "Friday next 3 nights" is no "Friday next", "Friday next week" neither.
  const isOther = countAt(pieces, named + 2) !== undefined || wordAt(pieces, named + 2) === 'week';
  const said = isOther ? undefined : after;
  const next = skipNight(pieces, said === undefined ? named + 1 : named + 2);
  const relative = wordAt(pieces, before === undefined ? named + 1 : at);
  const coming = comingAt(relative);
  const weeks = coming !== undefined || relative === 'this' ? undefined : (before ?? said);
  return {
    value: { kind: 'weekday', weekday, ...(weeks === undefined ? {} : { weeks }), ...(coming ? { coming } : {}) },
    next,
  };
}

/** A short form that is another word as well ("so", "do") counts beside "am", "bis" and the like. */
function isCertain(pieces: readonly DatePiece[], at: number): boolean {
  if (pieces[at]?.doubtful !== true) return true;
  const [before, after] = [wordAt(pieces, at - 1), wordAt(pieces, at + 1)];
  const joints = ['to', 'until', 'from', 'starting', 'of_or_from', 'on', 'dated', 'since', 'and'];
  return joints.includes(before ?? '') || after === 'to' || after === 'until' || pieces[at + 1]?.day !== undefined;
}

function readDateOfWeekday(pieces: readonly DatePiece[], at: number, weekday: number): Read<Period> {
  const start = skip(pieces, at, word => word === 'the' || word === 'dated');
  const exact = readCalendarDay(pieces, at) ?? readCalendarDay(pieces, start);
  if (exact?.value.kind === 'calendar') return { value: { ...exact.value, weekday }, next: exact.next };
  const bare = pieces[start]?.number ?? valueAt(pieces, start, 'ordinal');
  const following = pieces[start + 1];
  const isDay = start > at || following === undefined || ['to', 'until', 'and'].includes(following.word ?? '');
  if (bare === undefined || bare < 1 || bare > 31 || !isDay) return undefined;
  return { value: { kind: 'calendar', day: bare, weekday }, next: start + 1 };
}

const skipNight = (pieces: readonly DatePiece[], at: number): number => (wordAt(pieces, at) === 'nights' ? at + 1 : at);

/** "3 December", "the 3rd of December 2026", "Dec 3", "2026-12-03", "03/12", "the 3rd", "am 3.", "le 3". */
export function readCalendarDay(pieces: readonly DatePiece[], at: number): Read<CalendarDay> {
  const start = skip(pieces, at, word => word === 'the' || word === 'dated');
  const literal = pieces[start]?.day;
  if (literal)
    return literal.year === undefined ? withYear(pieces, literal, start + 1) : { value: literal, next: start + 1 };
  const { dotted } = pieces[start] ?? {};
  const before = wordAt(pieces, start - 1);
  if (dotted && (before === 'on' || before === 'dated')) return { value: dotted, next: start + 1 };
  const said = pieces[start]?.ordinal ?? valueAt(pieces, start, 'ordinal');
  const number = said ?? pieces[start]?.number ?? valueAt(pieces, start, 'number');
  const afterOf = skip(pieces, start + 1, word => word === 'of' || word === 'of_or_from');
  const monthAfter = valueAt(pieces, afterOf, 'month');
  if (number !== undefined && monthAfter !== undefined) {
    return withYear(pieces, { kind: 'calendar', day: number, month: monthAfter }, afterOf + 1);
  }
  const monthBefore = valueAt(pieces, start, 'month');
  const at2 = wordAt(pieces, start + 1) === 'the' ? start + 2 : start + 1;
  const dayAfter = pieces[at2]?.ordinal ?? pieces[at2]?.number ?? valueAt(pieces, at2, 'ordinal');
  if (monthBefore !== undefined && dayAfter !== undefined && dayAfter <= 31) {
    return withYear(pieces, { kind: 'calendar', day: dayAfter, month: monthBefore }, at2 + 1);
  }
  const isDated = before === 'dated' || pieces[start - 1]?.dated === true;
  const isNumbered = pieces[start]?.ordinal !== undefined || (isDated && isDayNumber(pieces, start));
  return isNumbered && number !== undefined ? { value: { kind: 'calendar', day: number }, next: start + 1 } : undefined;
}

/** After "le", "am", "el": a number that counts nothing. */
function isDayNumber(pieces: readonly DatePiece[], at: number): boolean {
  const number = pieces[at]?.number ?? 0;
  return (
    number >= 1 &&
    number <= 31 &&
    !['days', 'nights', 'week', 'months', 'last', 'coming'].includes(wordAt(pieces, at + 1) ?? '')
  );
}

/** The year behind a date or month: "2026", "de 2026", "next year", "of last year". */
export function readYear(pieces: readonly DatePiece[], at: number): { readonly year: YearSaid; readonly next: number } {
  const start = skip(pieces, at, isLink);
  const year = pieces[start]?.year;
  if (year !== undefined) return { year: { year }, next: start + 1 };
  const [before, after] = [relativeAt(pieces, start), relativeAt(pieces, start + 1)];
  if (before !== undefined && wordAt(pieces, start + 1) === 'years')
    return { year: { yearsAway: before }, next: start + 2 };
  if (wordAt(pieces, start) === 'years' && after !== undefined) return { year: { yearsAway: after }, next: start + 2 };
  return { year: {}, next: at };
}

function withYear(pieces: readonly DatePiece[], day: CalendarDay, at: number): Read<CalendarDay> {
  const { year, next } = readYear(pieces, at);
  return { value: { ...day, ...year }, next };
}

/** A number alone is a day only beside another one: "between 3 and 6 December". */
export function readBareDay(pieces: readonly DatePiece[], at: number): Read<CalendarDay> {
  const start = skip(pieces, at, word => word === 'the' || word === 'dated');
  const day = pieces[start]?.ordinal ?? pieces[start]?.number;
  return day === undefined || day < 1 || day > 31 ? undefined : { value: { kind: 'calendar', day }, next: start + 1 };
}
