import type { Token } from '../tokens.ts';
import type { CalendarDay } from './date-expression.ts';
import type { DateOrder } from './date-order.ts';
import type { DateWord, DateWords, Holiday } from './date-words.ts';

/** One word, number or written-out date of a question, as the grammar sees it; with nothing set it is another word. */
export type DatePiece = {
  readonly from: number;
  readonly to: number;
  readonly word?: DateWord;
  readonly holiday?: Holiday;
  readonly number?: number;
  readonly ordinal?: number;
  readonly year?: number;
  readonly day?: CalendarDay;
  /** 03.12 without a last dot: a date only where a day is expected, else a time. */
  readonly dotted?: CalendarDay;
  readonly isIso?: boolean;
  /** A word that is a date only in the right company: may, march, so. */
  readonly doubtful?: boolean;
  /** Ends in an article after which a number is a day: "bis zum 24.", "hasta el 24". */
  readonly dated?: boolean;
  /** Opens a range of days by itself: "du 3 au 6", where "de 3 a 6" may be hours. */
  readonly opensDays?: boolean;
};

/** Words that are something else as often: a verb, a guest's name, "so". */
const doubtfulWords: ReadonlySet<string> = new Set('may|march|mar|jan|mo|di|mi|do|fr|sa|so|dom|sex|mie|out'.split('|'));

/** "the 3rd floor" is no day. */
const countedWords: ReadonlySet<string> = new Set(
  (
    'floor level time guest guests booking party person people room bedroom flat apartment unit house ' +
    'street st avenue ave door etage stock piso andar call attempt fois vez mal'
  ).split(' '),
);

export function readDatePieces(
  tokens: readonly Token[],
  words: DateWords,
  isFree: (index: number) => boolean,
): readonly DatePiece[] {
  const order = orderShown(tokens);
  const pieces: DatePiece[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    const found = isFree(at) ? words.find(tokens, at, isFree) : undefined;
    const yearFirst = found || !isFree(at) ? undefined : yearMonthDay(tokens, at);
    const to = found?.to ?? (yearFirst ? at + 2 : at + 1);
    if (!token || !isFree(at)) pieces.push({ from: at, to });
    else if (found) pieces.push({ from: at, to, ...meaning(found.meaning), ...company(tokens, at, to) });
    else if (yearFirst) pieces.push({ from: at, to, day: yearFirst });
    else pieces.push({ from: at, to, ...numeral(token.text, tokens[at + 1]?.text, order) });
    at = to;
  }
  return pieces;
}

const meaning = (word: DateWord): Pick<DatePiece, 'word' | 'holiday'> =>
  word.startsWith('holiday:') ? { word, holiday: word.slice(8) as Holiday } : { word };

const articles: ReadonlySet<string> = new Set(['dem', 'den', 'zum', 'au', 'del', 'el', 'le', 'dia', 'jusquau']);

function company(
  tokens: readonly Token[],
  from: number,
  to: number,
): Pick<DatePiece, 'doubtful' | 'dated' | 'opensDays'> {
  const last = tokens[to - 1]?.text ?? '';
  const isPhrase = to - from > 1 || last === 'jusquau';
  const opensDays = last === 'du' || last === 'del' || last === 'vom';
  return { doubtful: doubtfulWords.has(last), dated: isPhrase && articles.has(last), opensDays };
}

const twoNumbers = /^(\d{1,2})([./-])(\d{1,2})(?:[./-](\d{2,4})?)?$/u;

/** One date of a question that can be read one way only shows how the others are meant: 03/12 - 15/12. */
function orderShown(tokens: readonly Token[]): DateOrder | undefined {
  for (const { text } of tokens) {
    const [, first, separator, second] = twoNumbers.exec(text) ?? [];
    if (separator === undefined || separator === '.') continue;
    if (Number(first) > 12 && Number(second) <= 12) return 'day_before_month';
    if (Number(second) > 12 && Number(first) <= 12) return 'month_before_day';
  }
  return undefined;
}

/** 2026/12/03 comes as a year and 12/03. */
function yearMonthDay(tokens: readonly Token[], at: number): CalendarDay | undefined {
  const [year, rest] = [tokens[at], tokens[at + 1]];
  if (!year || !rest || rest.start !== year.end + 1 || !/^\d{4}$/u.test(year.text)) return undefined;
  const [, month, day] = /^(\d{1,2})\/(\d{1,2})$/u.exec(rest.text) ?? [];
  return day === undefined
    ? undefined
    : { kind: 'calendar', year: Number(year.text), month: Number(month), day: Number(day) };
}

function numeral(text: string, following: string | undefined, order: DateOrder | undefined): Partial<DatePiece> {
  const [, year, month, day] = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text) ?? [];
  if (day !== undefined)
    return { day: { kind: 'calendar', year: Number(year), month: Number(month), day: Number(day) }, isIso: true };
  if (twoNumbers.test(text)) return inNumbers(text, order);
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th|er|e|eme|o|a)$/u.exec(text);
  if (ordinal && Number(ordinal[1]) <= 31)
    return countedWords.has(following ?? '') ? {} : { ordinal: Number(ordinal[1]) };
  if (/^q[1-4]$/u.test(text)) return { word: `quarter:${Number(text[1])}` };
  const week = /^(?:kw|cw|wk)(\d{1,2})$/u.exec(text);
  if (week) return { word: 'iso_week', number: Number(week[1]) };
  if (/^\d{1,3}$/u.test(text)) return { number: Number(text) };
  return /^\d{4}$/u.test(text) ? { year: Number(text) } : {};
}

/** Day first where nothing says otherwise; month first where day first is no date. */
function inNumbers(text: string, order: DateOrder | undefined): Partial<DatePiece> {
  const [, one, separator, two, yearText] = twoNumbers.exec(text) ?? [];
  const [first, second] = [Number(one), Number(two)];
  const year = yearText === undefined ? {} : { year: Number(yearText) + (yearText.length === 2 ? 2000 : 0) };
  const isDotted = separator === '.';
  const monthFirst = first <= 12 && (second > 12 || (order === 'month_before_day' && !isDotted));
  const [day, month] = monthFirst ? [second, first] : [first, second];
  if (month < 1 || month > 12 || day < 1 || day > 31) return {};
  const isSwappable = !isDotted && order === undefined && first <= 12 && second <= 12 && first !== second;
  const read: CalendarDay = { kind: 'calendar', day, month, ...year, ...(isSwappable ? { swappable: true } : {}) };
  return /^\d{1,2}\.\d{2}$/u.test(text) ? { dotted: read } : { day: read };
}
