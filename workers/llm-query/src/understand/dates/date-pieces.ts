import type { Token } from '../tokens.ts';
import type { DayExpression } from './date-expression.ts';
import type { DateWord, DateWords, Holiday } from './date-words.ts';

/** One word, number or written-out date of a question, as the grammar sees it; a piece with nothing set is another word. */
export type DatePiece = {
  readonly from: number;
  readonly to: number;
  readonly word?: DateWord;
  readonly holiday?: Holiday;
  readonly number?: number;
  readonly ordinal?: number;
  readonly year?: number;
  readonly day?: Extract<DayExpression, { kind: 'calendar' }>;
  readonly ambiguous?: boolean;
  /** A word that is a month only in the right company: may, march. */
  readonly doubtful?: boolean;
};

const doubtfulMonths: ReadonlySet<string> = new Set(['may', 'march', 'mar']);

export function readDatePieces(
  tokens: readonly Token[],
  words: DateWords,
  isFree: (index: number) => boolean,
): readonly DatePiece[] {
  const pieces: DatePiece[] = [];
  let at = 0;
  while (at < tokens.length) {
    const token = tokens[at];
    const found = isFree(at) ? words.find(tokens, at, isFree) : undefined;
    const to = found?.to ?? at + 1;
    if (!token || !isFree(at)) pieces.push({ from: at, to });
    else if (found) pieces.push({ from: at, to, ...meaning(found.meaning), doubtful: doubtfulMonths.has(token.text) });
    else pieces.push({ from: at, to, ...numeral(token.text) });
    at = to;
  }
  return pieces;
}

const meaning = (word: DateWord): Pick<DatePiece, 'word' | 'holiday'> =>
  word.startsWith('holiday:') ? { word, holiday: word.slice(8) as Holiday } : { word };

function numeral(text: string): Partial<DatePiece> {
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(text);
  if (iso) return { day: { kind: 'calendar', year: Number(iso[1]), month: Number(iso[2]), day: Number(iso[3]) } };
  const european = /^(\d{1,2})[./-](\d{1,2})(?:[./-](\d{2,4})?)?$/u.exec(text);
  if (european) return dayMonth(Number(european[1]), Number(european[2]), european[3], text);
  const ordinal = /^(\d{1,2})(?:st|nd|rd|th|er|o|a)$/u.exec(text);
  if (ordinal && Number(ordinal[1]) <= 31) return { ordinal: Number(ordinal[1]) };
  if (/^\d{1,3}$/u.test(text)) return { number: Number(text) };
  return /^(?:19|20|21)\d\d$/u.test(text) ? { year: Number(text) } : {};
}

/** Day first, as Europe writes it; month first only where day first is no date. */
function dayMonth(first: number, second: number, yearText: string | undefined, text: string): Partial<DatePiece> {
  if (/^\d{1,2}\.\d{2}$/u.test(text)) return {}; // 18.30 is a time
  const year = yearText === undefined ? undefined : Number(yearText) + (yearText.length === 2 ? 2000 : 0);
  const monthFirst = second > 12 && first <= 12;
  const [day, month] = monthFirst ? [second, first] : [first, second];
  if (month < 1 || month > 12 || day < 1 || day > 31) return {};
  const slashed = text.includes('/') && first <= 12 && second <= 12 && first !== second;
  return { day: { kind: 'calendar', day, month, ...(year === undefined ? {} : { year }) }, ambiguous: slashed };
}
