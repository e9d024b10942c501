import type { DatePiece } from './date-pieces.ts';

/** What was read and where the next piece stands. */
export type Read<Value> = { readonly value: Value; readonly next: number } | undefined;

/** Short forms in which the grammar looks at pieces. Pure. */
export const wordAt = (pieces: readonly DatePiece[], at: number): string | undefined => pieces[at]?.word;

export function valueAt(pieces: readonly DatePiece[], at: number, prefix: string): number | undefined {
  const word = pieces[at]?.word;
  return word?.startsWith(`${prefix}:`) === true ? Number(word.slice(prefix.length + 1)) : undefined;
}

export const countAt = (pieces: readonly DatePiece[], at: number): number | undefined =>
  pieces[at]?.number ?? valueAt(pieces, at, 'number');

const isOneOf = (words: string): ((word: string | undefined) => boolean) => {
  const set: ReadonlySet<string | undefined> = new Set(words.split(' '));
  return word => set.has(word);
};
export const isFrom = isOneOf('from starting of_or_from');
/** Joins a part to its whole: the first week of May, in May, du mois. */
export const isLink = isOneOf('of of_or_from in from the dated on');
export const isArticle = isOneOf('the dated on');

export function skip(pieces: readonly DatePiece[], at: number, fits: (word: string | undefined) => boolean): number {
  let next = at;
  while (next < at + 2 && fits(wordAt(pieces, next))) next += 1;
  return next;
}

/** Weeks or months away; of weekdays and weekends the coming one may still be this week's. */
const relative: Readonly<Record<string, number>> = {
  before_last: -2,
  last: -1,
  this: 0,
  next: 1,
  coming: 1,
  after_next: 2,
};
export const relativeAt = (pieces: readonly DatePiece[], at: number): number | undefined =>
  relative[wordAt(pieces, at) ?? ''];

/** Of weekdays and weekends: the first or second one to come, where a language does not count by weeks. */
export const comingAt = (word: string | undefined): number | undefined =>
  word === 'coming' ? 1 : word === 'after_next' ? 2 : undefined;

export type Length = { readonly days: number; readonly months: number };
const lengths: Readonly<Record<string, Length>> = {
  days: { days: 1, months: 0 },
  nights: { days: 1, months: 0 },
  week: { days: 7, months: 0 },
  fortnight: { days: 14, months: 0 },
  months: { days: 0, months: 1 },
  years: { days: 0, months: 12 },
};

/** "10 days", "two weeks", "a month". */
export function readLength(pieces: readonly DatePiece[], at: number): Read<Length> {
  const count = countAt(pieces, at);
  const unit = lengths[wordAt(pieces, at + 1) ?? ''];
  if (count === undefined || !unit) return undefined;
  return { value: { days: unit.days * count, months: unit.months * count }, next: at + 2 };
}
